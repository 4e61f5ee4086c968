import Fastify from "fastify";
import { readSettings } from "./settings";
import { callerOf } from "./spiffe";

const settings = readSettings(process.env);
const server = Fastify({ logger: { level: settings.logLevel } });
let draining = false;

server.get("/", (request) => ({
  cluster: settings.cluster,
  pod: settings.pod,
  version: settings.version,
  caller: callerOf(request.headers["x-forwarded-client-cert"]),
}));
server.get("/healthz", () => ({ status: "alive" }));
server.get("/readyz", (_request, reply) =>
  draining ? reply.code(503).send({ status: "draining" }) : { status: "ready" },
);

/** Stops taking traffic, lets the mesh notice, then answers what is under way and ends. */
async function drain(): Promise<void> {
  draining = true;
  await new Promise((resolve) => setTimeout(resolve, settings.drainMilliseconds));
  await server.close();
}

process.once("SIGTERM", () => void drain());
process.once("SIGINT", () => void drain());

server.listen({ host: "0.0.0.0", port: settings.port }).catch((error: unknown) => {
  server.log.error(error, "could not listen");
  process.exitCode = 1;
});
