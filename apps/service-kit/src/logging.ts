import type { FastifyInstance } from "fastify";
import { traceIdOf } from "./trace";

/**
 * One line for each answer, with its trace id and the route's pattern. Neither paths, queries,
 * addresses nor bodies: they may say who somebody is.
 */
export function logOneLinePerAnswer(app: FastifyInstance): void {
  app.setChildLoggerFactory((logger, bindings, options, request) => {
    const traceId = traceIdOf(request.headers);
    return logger.child(traceId === undefined ? bindings : { ...bindings, traceId }, options);
  });
  app.addHook("onResponse", (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? "none",
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      },
      "answered",
    );
    done();
  });
}
