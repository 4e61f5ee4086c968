import type { KeyLoader } from "./key-loader";
import { KeyError, parsePublicKeys } from "./public-keys";

const MOST_REDIRECTS = 3;
/** A PEM file of a few keys is a few KiB. */
const MOST_BYTES = 64 * 1024;

/**
 * Loads keys from a URL, and only what changed (RFC 9110, section 13.1.2).
 *
 * @param timeoutMilliseconds for everything, redirects included
 */
export const loadFromUrl =
  (url: URL, timeoutMilliseconds: number): KeyLoader =>
  async (previous) => {
    const headers: Record<string, string> =
      previous?.etag === undefined ? {} : { "if-none-match": previous.etag };
    const response = await get(url, headers, AbortSignal.timeout(timeoutMilliseconds));
    if (response.status === 304 && previous !== undefined) {
      return previous;
    }
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new KeyError(`The key's URL answered with status ${response.status}.`);
    }
    const pem = await textOf(response);
    const etag = response.headers.get("etag") ?? undefined;
    return {
      pem,
      keys: pem === previous?.pem ? previous.keys : parsePublicKeys(pem),
      ...(etag !== undefined && { etag }),
    };
  };

/**
 * Where a `Location` header leads.
 *
 * @throws KeyError for what is no URL, and from HTTPS to what anybody on the way can change
 */
export function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) {
    throw new KeyError("The key's URL redirects to what is no URL.");
  }
  const target = new URL(location, from);
  if (from.protocol === "https:" && target.protocol !== "https:") {
    throw new KeyError("The key's URL redirects away from HTTPS.");
  }
  return target;
}

async function get(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  let target = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await fetch(target, { headers, signal, redirect: "manual" }).catch(
      (error: unknown) => {
        throw new KeyError(`The key's URL gave no answer: ${reasonOf(error)}.`);
      },
    );
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) {
      return response;
    }
    await response.body?.cancel();
    target = redirected(target, location);
  }
  throw new KeyError(`The key's URL redirects more than ${MOST_REDIRECTS} times.`);
}

/** The cause says more than fetch's own "fetch failed", and neither quotes the URL. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? name;
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length > MOST_BYTES) {
      throw new KeyError(`The key's URL answered with more than ${MOST_BYTES} bytes.`);
    }
  }
  return Buffer.concat(chunks).toString();
}
