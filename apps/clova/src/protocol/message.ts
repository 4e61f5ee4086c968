import { JsonObject } from "./json-object";
import { parseJson } from "./json-text";
import type { RequestType } from "./request";

/**
 * What this extension reads of a `RequestMessage`. The rest is not looked at: CEK may add to it, and
 * its own examples leave parts of it out.
 */
export interface Message {
  readonly applicationId: string;
  readonly isNewSession: boolean;
  readonly sessionAttributes: Readonly<Record<string, unknown>>;
  readonly request: MessageRequest;
}

export type MessageRequest =
  | { readonly type: "LaunchRequest" | "SessionEndedRequest" }
  | { readonly type: "IntentRequest"; readonly intent: string }
  | { readonly type: "EventRequest"; readonly event: string; readonly sentAt: Date | undefined };

const REQUEST_TYPES = [
  "LaunchRequest",
  "IntentRequest",
  "SessionEndedRequest",
  "EventRequest",
] as const satisfies readonly RequestType[];

/** @throws Problem 400 when the body is no message, or its request is of no type that CEK has */
export function parseMessage(body: Buffer): Message {
  const message = JsonObject.of(parseJson(body));
  message.text("version");
  const session = message.object("session");
  return {
    applicationId: message
      .object("context")
      .object("System")
      .object("application")
      .text("applicationId"),
    isNewSession: session.flag("new"),
    sessionAttributes: session.objectOrEmpty("sessionAttributes").value,
    request: parseRequest(message.object("request")),
  };
}

function parseRequest(request: JsonObject): MessageRequest {
  const type = request.oneOf("type", REQUEST_TYPES);
  switch (type) {
    case "IntentRequest": {
      const intent = request.object("intent");
      intent.objectOrEmpty("slots");
      return { type, intent: intent.text("name") };
    }
    case "EventRequest": {
      const event = request.object("event");
      return {
        type,
        event: `${event.text("namespace")}.${event.text("name")}`,
        sentAt: dateOf(request.value["timestamp"]),
      };
    }
    case "LaunchRequest":
    case "SessionEndedRequest":
      return { type };
  }
}

/** Undefined for what is no moment: nothing depends on a date that was never given. */
function dateOf(value: unknown): Date | undefined {
  const date = typeof value === "string" ? new Date(value) : undefined;
  return date !== undefined && Number.isFinite(date.getTime()) ? date : undefined;
}
