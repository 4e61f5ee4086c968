import Fastify, { LogController, type FastifyInstance, type FastifyHttpOptions } from "fastify";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { answerClientError, answerWithProblems, sendProblem } from "./answers";
import { logLines } from "./log-lines";
import { logOneLinePerAnswer } from "./logging";
import { createManagement } from "./management";
import { measure } from "./metrics";
import { problemOf } from "./problem-of";
import type { ServiceSettings } from "./settings";

/** No request of ours is larger than a form. */
const BODY_LIMIT_BYTES = 64 * 1024;
/** How often Node looks, at least, for clients that take too long to send a request. */
const CHECK_MILLISECONDS = 1000;
/** A connection on which an answer is under way may be still for this long. */
const STILL_MILLISECONDS = 60_000;
/**
 * Longer than Envoy keeps an idle connection (its idle_timeout, an hour by default): whichever side
 * closes first risks a request that is just being sent, and only Envoy knows of it in time.
 */
const KEEP_ALIVE_MILLISECONDS = 61 * 60_000;

export interface ServiceOptions {
  /** Name as clients know it; goes into X-Service-Name, logs and metrics. */
  readonly name: string;
  readonly settings: ServiceSettings;
  /** Registers plugins and routes, which may ask whether the service is ready, as /readyz does. */
  readonly routes: (app: FastifyInstance, ready: () => Promise<boolean>) => void | Promise<void>;
  /** Whether the service can do its work now; true when absent. */
  readonly ready?: () => boolean | Promise<boolean>;
  /** Bytes; 64 KiB by default. */
  readonly bodyLimit?: number;
}

/** A service that may or may not listen yet. */
export interface Service {
  readonly app: FastifyInstance;
  /** Probes and metrics, on a port of their own. */
  readonly management: FastifyInstance;
  listen(): Promise<void>;
  /** Stops being ready, lets the mesh notice, answers what is under way and ends. */
  readonly drain: () => Promise<void>;
  /** Ends at once what no request needs, and waits for requests under way. */
  close(): Promise<void>;
}

const serverOptions = {
  routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
  connectionTimeout: STILL_MILLISECONDS,
  keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
  forceCloseConnections: "idle",
  return503OnClosing: false,
  logController: new LogController({ disableRequestLogging: true }),
  ajv: {
    customOptions: {
      // A field that nobody asked for is an error, not dropped; "5" is no number.
      removeAdditional: false,
      coerceTypes: false,
      // The body limit bounds how many there can be.
      allErrors: true,
      allowUnionTypes: true,
    },
  },
  clientErrorHandler: answerClientError,
  frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
} satisfies FastifyHttpOptions<Server>;

/** Node holds a body to its time only when headers have no more (seen with Node 20). */
const requestWithin = (milliseconds: number) => ({
  requestTimeout: milliseconds,
  http: {
    requestTimeout: milliseconds,
    headersTimeout: milliseconds,
    connectionsCheckingInterval: Math.min(CHECK_MILLISECONDS, milliseconds),
  },
});

/** A Fastify server with everything that each of our services has. */
export async function createService(options: ServiceOptions): Promise<Service> {
  const { name, settings } = options;
  const state = { draining: false };
  const app = Fastify({
    ...serverOptions,
    ...requestWithin(settings.requestMilliseconds),
    bodyLimit: options.bodyLimit ?? BODY_LIMIT_BYTES,
    logger: {
      level: settings.logLevel,
      stream: logLines,
      base: { service: name, cluster: settings.cluster, pod: settings.pod },
    },
  });
  app.removeContentTypeParser("text/plain");
  answerWithProblems(app);
  logOneLinePerAnswer(app);
  const identity = {
    "x-service-cluster": settings.cluster,
    "x-pod-name": settings.pod,
    "x-service-name": name,
  };
  app.addHook("onSend", (_request, reply, _payload, done) => {
    // What another service said through us stays as it is.
    if (!reply.hasHeader("x-service-cluster")) {
      reply.headers(identity);
    }
    if (state.draining) {
      reply.header("connection", "close");
    }
    done();
  });
  const registry = measure(app, {
    service: name,
    cluster: settings.cluster,
    version: settings.version,
  });
  const ready = async (): Promise<boolean> =>
    !state.draining && (await (options.ready?.() ?? true));
  const management = createManagement({ registry, ready });
  await app.register((scope) => options.routes(scope, ready));

  const close = async (): Promise<void> => {
    const cut = setTimeout(() => app.server.closeAllConnections(), settings.closeMilliseconds);
    await app.close();
    clearTimeout(cut);
    await management.close();
  };
  return {
    app,
    management,
    close,
    async listen() {
      await app.listen({ host: "0.0.0.0", port: settings.port });
      await management.listen({ host: "0.0.0.0", port: settings.managementPort });
    },
    async drain() {
      app.log.info("draining");
      state.draining = true;
      await sleep(settings.drainMilliseconds);
      await close();
    },
  };
}
