import { end, silence } from "../protocol/answers";
import type { MessageRequest } from "../protocol/message";
import type { ResponseMessage } from "../protocol/response";
import { INTENTS, notUnderstood } from "./intents";
import { PHRASES } from "./phrases";
import { tellTip, type Turn } from "./turn";

/** What the extension answers to a request that may be trusted. */
export function answer(
  request: MessageRequest,
  turn: Turn,
): ResponseMessage | Promise<ResponseMessage> {
  switch (request.type) {
    case "LaunchRequest":
      return tellTip(turn, PHRASES.greeting);
    case "IntentRequest":
      return (INTENTS.get(request.intent) ?? notUnderstood)(turn);
    case "SessionEndedRequest":
      return end([PHRASES.goodbye]);
    case "EventRequest":
      // No event calls for more, not even SkillDisabled: nothing is kept of any user.
      return silence();
  }
}
