import { createHash } from "node:crypto";

/** What may be sent again without being done again (draft-ietf-httpapi-idempotency-key-header). */
export const REPEAT_HEADER = "idempotency-key";

/** For how long a key is known: longer than anybody goes on trying. */
export const REPEAT_SECONDS = 24 * 60 * 60;

/** What makes two requests the same one, sent again. */
export interface Repeat {
  /** Made by the client, at random, for this one request. */
  readonly key: string;
  /** Of what the client asks for; a key that comes back with another one is a mistake. */
  readonly digest: string;
}

/** Headers that routes of additions take. */
export const repeatHeaders = {
  type: "object",
  properties: {
    [REPEAT_HEADER]: {
      type: "string",
      description:
        "Of the client's making, at random, for one request: sent again with it, the request is " +
        "answered as the first time and not done twice. Known for a day",
      pattern: '^[A-Za-z0-9"_.:-]{16,128}$',
    },
  },
} as const;

export interface RepeatHeaders {
  readonly [REPEAT_HEADER]?: string;
}

/** How a request that came with these headers is told from others; nothing where it has no key. */
export function repeatOf(headers: RepeatHeaders, body: unknown): Repeat | undefined {
  const key = headers[REPEAT_HEADER];
  return key === undefined
    ? undefined
    : { key, digest: createHash("sha256").update(JSON.stringify(body)).digest("hex") };
}
