import type { IncomingHttpHeaders } from "node:http";

/**
 * Headers that a service hands on with every call it makes for a request, so that the mesh can join
 * the spans (Istio documentation, "Distributed tracing") and routes a canary's whole call chain.
 */
const FORWARDED = [
  "traceparent",
  "tracestate",
  "baggage",
  "b3",
  "x-b3-traceid",
  "x-b3-spanid",
  "x-b3-parentspanid",
  "x-b3-sampled",
  "x-b3-flags",
  "x-request-id",
  "x-canary",
] as const;

/** The headers of a request that belong on the requests made for it. */
export function forwardedHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const forwarded: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = headers[name];
    if (value !== undefined) {
      forwarded[name] = Array.isArray(value) ? value.join(",") : value;
    }
  }
  return forwarded;
}

const first = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? "";

/** Trace id from W3C Trace Context, B3 single or B3 multi header, in that order; else nothing. */
export function traceIdOf(headers: IncomingHttpHeaders): string | undefined {
  const found =
    /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(first(headers["traceparent"])) ??
    /^([\da-f]{32}|[\da-f]{16})-/.exec(first(headers["b3"])) ??
    /^([\da-f]{32}|[\da-f]{16})$/.exec(first(headers["x-b3-traceid"]));
  return found?.[1];
}
