import type { Memory } from "../conversation/memory";
import type { Message } from "../protocol/message";

/**
 * What tells a request from every other one, where the protocol allows to tell at all.
 *
 * CEK signs neither a number used once nor, but for events, a time. What differs is a new session's
 * id, an event's id and time, and in a session under way what we gave along as session attributes:
 * when one of them is there, an equal body can only be the same request again. Without them, as when
 * a user says the same thing twice, equal bodies prove nothing.
 *
 * A body is told by its signature: RSASSA-PKCS1-v1_5 has no randomness, so that a key makes exactly
 * one of a body (RFC 8017, section 8.2), and only who has the key could make another.
 *
 * @param signature that was verified
 * @returns the signature in Base64, or nothing
 */
export const identityOf = (
  { isNewSession, request }: Message,
  memory: Memory,
  signature: Buffer,
): string | undefined =>
  isNewSession || request.type === "EventRequest" || memory.at !== undefined
    ? signature.toString("base64")
    : undefined;

/** When the request was made, or could have been made first; both are signed along with it. */
export const momentOf = ({ request }: Message, memory: Memory): Date | undefined =>
  request.type === "EventRequest" ? request.sentAt : memory.at;
