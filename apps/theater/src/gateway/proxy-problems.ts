import { Problem } from "@istio-multicloud/service-kit";

const RETRY = { "retry-after": "1" };

/** An error that the mesh, or a framework below the service, gave in its own words. */
export const refused = (status: number): Problem =>
  new Problem(status, {
    detail: "The mesh, or the service behind the gateway, refused the request.",
    ...(status === 503 && { headers: RETRY }),
  });

/** An answer of which only a part came. */
export const brokenOff = (cause: unknown): Problem =>
  new Problem(502, { detail: "The service behind the gateway broke off.", cause });

/** An answer that never came. */
export function unreachable(error: Error & { code?: string; statusCode?: number }): Problem {
  if (error.cause instanceof Problem) {
    return error.cause;
  }
  if (error.statusCode === 504) {
    return new Problem(504, { detail: "The service behind the gateway didn't answer in time." });
  }
  if (error.code === "ECONNRESET" || error.code === "UND_ERR_SOCKET") {
    return brokenOff(error);
  }
  return new Problem(503, {
    detail: "The service behind the gateway can't be reached now. Try again.",
    headers: RETRY,
  });
}
