import { VERSION, type PlainSpeech, type ResponseMessage, type SpeechInfo } from "./response";

const korean = (value: string): SpeechInfo => ({ type: "PlainText", lang: "ko", value });

function speech([first, ...others]: Texts): PlainSpeech {
  return others.length === 0
    ? { type: "SimpleSpeech", values: korean(first) }
    : { type: "SpeechList", values: [first, ...others].map(korean) };
}

/** What is said one after the other, at least something. */
export type Texts = readonly [string, ...string[]];

/** Says something and listens; asks once more when there is no answer. */
export const ask = (
  texts: Texts,
  again: string,
  sessionAttributes: Readonly<Record<string, unknown>>,
): ResponseMessage => ({
  version: VERSION,
  sessionAttributes,
  response: {
    outputSpeech: speech(texts),
    card: {},
    directives: [],
    shouldEndSession: false,
    reprompt: { outputSpeech: speech([again]) },
  },
});

/** Says something and ends the session. */
export const end = (texts: Texts): ResponseMessage => ({
  version: VERSION,
  sessionAttributes: {},
  response: { outputSpeech: speech(texts), card: {}, directives: [], shouldEndSession: true },
});

/** Takes note of an event, which no user waits for. */
export const silence = (): ResponseMessage => ({
  version: VERSION,
  sessionAttributes: {},
  response: { outputSpeech: {}, card: {}, directives: [], shouldEndSession: true },
});
