/**
 * What the CLOVA Extensions Kit expects. Every field but `reprompt` is required, an empty object or
 * array where there is nothing to say.
 *
 * Source: NAVER, "Custom extension message", of the CLOVA custom extension developer guide (ko-KR,
 * 2021-04-23).
 */
export interface ResponseMessage {
  readonly version: string;
  /** Comes back with the session's next request. */
  readonly sessionAttributes: Readonly<Record<string, unknown>>;
  readonly response: {
    readonly outputSpeech: OutputSpeech | Empty;
    /** A content template for devices with a display. */
    readonly card: Readonly<Record<string, unknown>>;
    readonly directives: readonly Directive[];
    /** The session's end; CEK then sends no SessionEndedRequest. */
    readonly shouldEndSession: boolean;
    /** Said when the user stays silent; counts only while the session goes on. */
    readonly reprompt?: { readonly outputSpeech: OutputSpeech };
  };
}

export type Empty = Readonly<Record<string, never>>;

export type OutputSpeech = PlainSpeech | SpeechSet;

export type PlainSpeech =
  | { readonly type: "SimpleSpeech"; readonly values: SpeechInfo }
  | { readonly type: "SpeechList"; readonly values: readonly SpeechInfo[] };

/** A short text for devices with a display, a long one for those without. */
export interface SpeechSet {
  readonly type: "SpeechSet";
  readonly brief: SpeechInfo;
  readonly verbose: PlainSpeech;
}

/** At most 200 characters per sentence and 1000 in all, or a URL of at most 2048 bytes. */
export type SpeechInfo = (
  | { readonly type: "PlainText"; readonly lang: "ko" | "en" | "ja"; readonly value: string }
  | {
      readonly type: "URL";
      readonly lang: "";
      readonly value: string;
      readonly contentType?: "application/vnd.apple.mpegurl";
    }
) & {
  /** UUID under which the device reports how the playback goes. */
  readonly token?: string;
};

export interface Directive {
  readonly header: {
    readonly messageId: string;
    readonly namespace: string;
    readonly name: string;
  };
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The version of the format described here. */
export const VERSION = "0.1.0";
