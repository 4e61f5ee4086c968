import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { Transform } from "node:stream";

const tooLarge = (): Problem =>
  new Problem(413, { detail: "The body is larger than the service takes." });

/** Holds bodies that are only passed on to the server's body limit, which applies to parsed ones. */
export function limitPassedBodies(app: FastifyInstance): void {
  app.addHook("preParsing", (request, _reply, payload, done) => {
    const limit = request.routeOptions.bodyLimit;
    const { "content-length": length, "transfer-encoding": encoding } = request.headers;
    if (Number(length ?? 0) > limit) {
      done(tooLarge());
      return;
    }
    if (encoding === undefined) {
      done(null, payload);
      return;
    }
    let received = 0;
    const limited = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        received += chunk.length;
        next(received > limit ? tooLarge() : null, chunk);
      },
    });
    // Not a pipeline: that would end the connection, and with it the answer. The rest is read, and
    // forgotten, so that the connection stays good.
    payload.on("error", (error) => limited.destroy(error)).pipe(limited);
    limited.on("error", () => payload.resume());
    done(null, limited);
  });
}
