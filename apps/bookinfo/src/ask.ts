import { forwardedHeaders } from "@istio-multicloud/service-kit";
import type { IncomingHttpHeaders } from "node:http";
import type { Fetched } from "./book";

const TIMEOUT_MILLISECONDS = 3000;
/** Besides those of the trace: who is logged in, by which routes can tell people apart. */
const END_USER = "end-user";

/**
 * Asks another part on behalf of a request.
 *
 * @param what as the answer calls it when it isn't to be had, e.g. `product details`
 */
export async function ask<T>(
  url: URL,
  headers: IncomingHttpHeaders,
  what: string,
): Promise<Fetched<T>> {
  const endUser = headers[END_USER];
  const unavailable = (status: number): Fetched<T> => ({
    status,
    body: { error: `Sorry, ${what} are currently unavailable for this book.` },
  });
  try {
    const response = await fetch(url, {
      headers: {
        ...forwardedHeaders(headers),
        ...(typeof endUser === "string" && { [END_USER]: endUser }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return unavailable(response.status);
    }
    return { status: 200, body: (await response.json()) as T };
  } catch {
    return unavailable(503);
  }
}
