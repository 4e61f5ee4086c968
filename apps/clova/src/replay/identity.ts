import { createHash } from "node:crypto";
import { fromAttributes } from "../conversation/memory";
import type { Message } from "../protocol/message";

/**
 * What tells a request from every other one, where the protocol allows to tell at all.
 *
 * CEK signs neither a number used once nor, but for events, a time. What differs is a new session's
 * id, an event's id and time, and in a session under way what we gave along as session attributes:
 * when one of them is there, an equal body can only be the same request again. Without them, as when
 * a user says the same thing twice, equal bodies prove nothing.
 *
 * @returns a digest of the body, or nothing
 */
export const identityOf = (message: Message, body: Buffer): string | undefined =>
  message.isNewSession ||
  message.request.type === "EventRequest" ||
  fromAttributes(message.sessionAttributes).at !== undefined
    ? createHash("sha256").update(body).digest("base64")
    : undefined;

/** When the request was made, or could have been made first; both are signed along with it. */
export const momentOf = ({ request, sessionAttributes }: Message): Date | undefined =>
  request.type === "EventRequest" ? request.sentAt : fromAttributes(sessionAttributes).at;
