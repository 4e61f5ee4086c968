import { createHash, timingSafeEqual } from "node:crypto";
import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyRequest } from "fastify";
import { TokenBucket } from "./token-bucket";

/** A minute's worth of wrong tokens; right ones always pass. */
const MOST_WRONG = 20;
/** A minute's worth of changes: each is a write to the cluster's API, and news for every proxy. */
const MOST_RIGHT = 60;

/** Lets only those pass who bring the token (RFC 6750 §2.1), and them not without end. */
export function authorizer(token: string): (request: FastifyRequest) => void {
  const expected = digest(token);
  const wrong = new TokenBucket(MOST_WRONG);
  const right = new TokenBucket(MOST_RIGHT);
  return ({ headers }) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
    // Digests are of one length, so that the comparison takes the same time for whatever is given.
    if (given === undefined || !timingSafeEqual(digest(given), expected)) {
      throw wrong.take()
        ? new Problem(401, {
            detail: "The token is missing or wrong.",
            headers: { "www-authenticate": 'Bearer realm="theater"' },
          })
        : tooMany();
    }
    if (!right.take()) {
      throw tooMany();
    }
  };
}

const tooMany = (): Problem =>
  new Problem(429, {
    detail: "Too many requests. Try again in a moment.",
    headers: { "retry-after": "10" },
  });

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
