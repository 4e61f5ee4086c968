import proxy from "@fastify/http-proxy";
import { PROBLEM_JSON } from "@istio-multicloud/service-kit";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { IncomingHttpHeaders } from "node:http";
import { limitPassedBodies } from "./body-limit";
import { newId } from "../ids";
import { REPEAT_HEADER } from "../repeat";
import type { Flows } from "./live/flows";
import { brokenOff, refused, unreachable } from "./proxy-problems";
import { isSmall, readWhole } from "./small-body";

const CONNECT_MILLISECONDS = 3000;

/** Between two neighbours only (RFC 9110, 7.6.1); `expect` is answered here. */
const HOP_BY_HOP = [
  "connection",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** Nobody reads the body of a read, so it isn't passed on. */
const NOT_OF_READS = [...HOP_BY_HOP, "content-length"];

export interface ProxyOptions {
  /** As `/users`; also the one these routes are registered with. */
  readonly prefix: string;
  readonly upstream: URL;
  /** Time that the service may be silent. */
  readonly milliseconds: number;
  /** Gets to know who gave each answer. */
  readonly flows: Flows;
}

/**
 * Hands everything at `prefix` and below on to a service, and its answers back, as they are; only
 * errors that aren't told as a problem, such as the mesh's own, become one.
 */
export async function proxyRoutes(app: FastifyInstance, options: ProxyOptions): Promise<void> {
  const { prefix, upstream, milliseconds, flows } = options;
  app.addHook("onResponse", (_request, reply, done) => {
    recordAnswer(reply, flows);
    done();
  });
  limitPassedBodies(app);
  await app.register(proxy, {
    rewritePrefix: prefix,
    upstream: upstream.href,
    disableRequestLogging: true,
    destroyAgent: true,
    undici: {
      headersTimeout: milliseconds,
      bodyTimeout: milliseconds,
      connectTimeout: CONNECT_MILLISECONDS,
    },
    replyOptions: {
      // Of reads whose connection broke; all else is for the mesh to repeat.
      retriesCount: 1,
      rewriteRequestHeaders: ({ method }, headers) =>
        method === "GET" || method === "HEAD"
          ? strip(headers, NOT_OF_READS)
          : repeatable(strip(headers, HOP_BY_HOP)),
      rewriteHeaders: (headers) => strip(headers, HOP_BY_HOP),
      onResponse({ method }, reply, { statusCode, stream }) {
        const type = reply.getHeader("content-type");
        if (statusCode >= 400 && !String(type).startsWith(PROBLEM_JSON)) {
          stream.resume();
          void reply.removeHeader("content-encoding").send(refused(statusCode));
        } else if (method !== "HEAD" && isSmall(reply.getHeader("content-length"))) {
          readWhole(stream).then(
            (whole) => void reply.send(whole),
            (error) => void reply.removeHeader("content-encoding").send(brokenOff(error)),
          );
        } else {
          void reply.send(stream);
        }
      },
      onError: (reply, { error }) => void reply.send(unreachable(error)),
    },
  });
}

/** Name under which the gateway itself answers. */
export const GATEWAY = "api-gateway";

/** Takes them out of the object itself, which is made for one request. */
function strip(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  for (const name of names) {
    if (name in headers) {
      delete headers[name];
    }
  }
  return headers;
}

/** With a key, so that the mesh may send it again though its answer, or the service, was lost. */
function repeatable(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  headers[REPEAT_HEADER] ??= newId();
  return headers;
}

/** Who answered, or that nobody did; what the gateway itself refused was asked of nobody. */
function recordAnswer(reply: FastifyReply, flows: Flows): void {
  const own = reply.getHeader("x-service-name") === GATEWAY;
  if (own && reply.statusCode < 500) {
    return;
  }
  flows.record({
    cluster: own ? undefined : (reply.getHeader("x-service-cluster") as string | undefined),
    pod: own ? undefined : (reply.getHeader("x-pod-name") as string | undefined),
  });
}
