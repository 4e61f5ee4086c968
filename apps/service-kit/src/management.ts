import Fastify, { type FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { answerClientError, answerWithProblems } from "./answers";
import { Problem } from "./problem";

/**
 * `/livez` (restart me), `/readyz` (send me traffic) and `/metrics` (Prometheus), for the kubelet
 * and for the sidecar, which serves the metrics with its own.
 */
export function createManagement(options: {
  readonly registry: Registry;
  readonly ready: () => Promise<boolean>;
}): FastifyInstance {
  const { registry } = options;
  const app = Fastify({
    clientErrorHandler: answerClientError,
    forceCloseConnections: true,
    return503OnClosing: false,
  });
  answerWithProblems(app);
  app.get("/livez", () => ({ status: "alive" }));
  app.get("/readyz", async () => {
    if (!(await options.ready())) {
      throw new Problem(503, { detail: "Not ready.", headers: { "retry-after": "1" } });
    }
    return { status: "ready" };
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return app;
}
