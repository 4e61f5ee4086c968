import { randomUUID } from "node:crypto";
import type { Request, RequestMessage } from "../protocol/request";

/** The kinds of requests by the names that the command line has for them. */
export const SAMPLES = {
  launch: () => ({ type: "LaunchRequest" }),
  intent: ({ intent }) => ({ type: "IntentRequest", intent: { name: intent, slots: {} } }),
  ended: () => ({ type: "SessionEndedRequest" }),
  event: ({ now }) => ({
    type: "EventRequest",
    requestId: randomUUID(),
    timestamp: now.toISOString(),
    event: { namespace: "AudioPlayer", name: "PlayStopped", payload: {} },
  }),
} as const satisfies Record<string, (options: SampleOptions) => Request>;

export type SampleName = keyof typeof SAMPLES;

export interface SampleOptions {
  readonly applicationId: string;
  /** Of an intent's request. */
  readonly intent: string;
  readonly now: Date;
}

/** A request as a speaker without a display makes it, the first of a new session. */
export function sampleRequest(name: SampleName, options: SampleOptions): RequestMessage {
  const user = { userId: "sample-user", accessToken: "sample-token" };
  return {
    version: "0.1.0",
    session: { new: true, sessionId: randomUUID(), sessionAttributes: {}, user },
    context: {
      System: {
        application: { applicationId: options.applicationId },
        user,
        device: { deviceId: "sample-device", display: { size: "none" } },
      },
    },
    request: SAMPLES[name](options),
  };
}
