import proxy from "@fastify/http-proxy";
import { Problem, PROBLEM_JSON } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import type { IncomingHttpHeaders } from "node:http";
import { limitPassedBodies } from "./body-limit";

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
  /** Time that the service may take to begin its answer. */
  readonly milliseconds: number;
}

/**
 * Hands everything at `prefix` and below on to a service, and its answers back, as they are; only
 * errors that aren't told as a problem, such as the mesh's own, become one.
 */
export async function proxyRoutes(app: FastifyInstance, options: ProxyOptions): Promise<void> {
  const { prefix, upstream, milliseconds } = options;
  limitPassedBodies(app);
  await app.register(proxy, {
    rewritePrefix: prefix,
    upstream: upstream.href,
    disableRequestLogging: true,
    destroyAgent: true,
    undici: { headersTimeout: milliseconds, connectTimeout: CONNECT_MILLISECONDS },
    replyOptions: {
      // Of reads whose connection broke; all else is for the mesh to retry.
      retriesCount: 1,
      rewriteRequestHeaders: ({ method }, headers) =>
        strip(headers, method === "GET" || method === "HEAD" ? NOT_OF_READS : HOP_BY_HOP),
      rewriteHeaders: (headers) => strip(headers, HOP_BY_HOP),
      onResponse(_request, reply, { statusCode, stream }) {
        const type = reply.getHeader("content-type");
        if (statusCode < 400 || String(type).startsWith(PROBLEM_JSON)) {
          void reply.send(stream);
          return;
        }
        stream.resume();
        reply.removeHeader("content-encoding");
        const detail = "The mesh, or the service behind the gateway, refused the request.";
        void reply.send(new Problem(statusCode, { detail, headers: retry(statusCode) }));
      },
      onError: (reply, { error }) => void reply.send(unreachable(error)),
    },
  });
}

/** Takes them out of the object itself, which is made for one request. */
function strip(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  for (const name of names) {
    if (name in headers) {
      delete headers[name];
    }
  }
  return headers;
}

const retry = (status: number): Record<string, string> =>
  status === 503 ? { "retry-after": "1" } : {};

/** What an answer that never came is told as. */
function unreachable(error: Error & { code?: string; statusCode?: number }): Problem {
  if (error.cause instanceof Problem) {
    return error.cause;
  }
  if (error.statusCode === 504) {
    return new Problem(504, { detail: "The service behind the gateway didn't answer in time." });
  }
  if (error.code === "ECONNRESET" || error.code === "UND_ERR_SOCKET") {
    return new Problem(502, { detail: "The service behind the gateway broke off." });
  }
  const detail = "The service behind the gateway can't be reached now. Try again.";
  return new Problem(503, { detail, headers: retry(503) });
}
