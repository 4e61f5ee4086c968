/**
 * What the CLOVA Extensions Kit (CEK) sends.
 *
 * Source: NAVER, "Custom extension message", of the CLOVA custom extension developer guide (ko-KR,
 * 2021-04-23), with what LINE's guide (ja-JP, 2020-07-29) has beyond it. Fields that the guide calls
 * conditional are optional here, and so are those that its own examples leave out.
 */
export interface RequestMessage {
  /** Of the message format. */
  readonly version: string;
  readonly session: Session;
  readonly context: Context;
  readonly request: Request;
}

export interface Session {
  /** Whether this is the session's first message. */
  readonly new: boolean;
  readonly sessionId: string;
  /** What the answer before said under the same name; empty in a new session. */
  readonly sessionAttributes: Readonly<Record<string, unknown>>;
  /** Who speaks, who need not be the one the device belongs to. */
  readonly user?: User;
}

export interface User {
  readonly userId: string;
  /** Of the account that the user linked, where the extension asks for one. */
  readonly accessToken?: string;
}

export interface Context {
  readonly System: {
    /** The extension's id, as registered in the CLOVA developer console. */
    readonly application: { readonly applicationId: string };
    readonly user: User;
    readonly device: Device;
  };
  readonly AudioPlayer?: AudioPlayer;
}

export interface Device {
  readonly deviceId: string;
  readonly display: {
    readonly size: "none" | "s100" | "m100" | "l100" | "xl100" | "custom";
    readonly orientation?: "landscape" | "portrait";
    readonly dpi?: number;
    /** Pixels. */
    readonly contentLayer?: { readonly width: number; readonly height: number };
  };
}

export interface AudioPlayer {
  readonly playerActivity: "IDLE" | "PLAYING" | "PAUSED" | "STOPPED";
  readonly offsetInMilliseconds?: number;
  readonly totalInMilliseconds?: number;
  readonly stream?: AudioStream;
}

/** AudioStreamInfoObject of the same guide. */
export interface AudioStream {
  readonly beginAtInMilliseconds: number;
  readonly durationInMilliseconds?: number;
  readonly token: string;
  readonly url: string;
  readonly urlPlayable: boolean;
  readonly format?: string;
  readonly customData?: string;
  readonly progressReport?: {
    readonly progressReportDelayInMilliseconds?: number | null;
    readonly progressReportIntervalInMilliseconds?: number | null;
    readonly progressReportPositionInMilliseconds?: number | null;
  };
}

export type Request = LaunchRequest | IntentRequest | SessionEndedRequest | EventRequest;
export type RequestType = Request["type"];

/** "…시작해줘": the extension's name, and no wish yet. */
export interface LaunchRequest {
  readonly type: "LaunchRequest";
}

/** What the user said, by the interaction model. */
export interface IntentRequest {
  readonly type: "IntentRequest";
  readonly intent: Intent;
}

/** The user ended the session, said nothing for too long, or something failed. */
export interface SessionEndedRequest {
  readonly type: "SessionEndedRequest";
}

/** The state of a device changed. */
export interface EventRequest {
  readonly type: "EventRequest";
  /** Of the dialog, so that several events may share it. */
  readonly requestId: string;
  /** When the device said so, ISO 8601; CEK does not keep the order. */
  readonly timestamp?: string;
  readonly event: Event;
}

export interface Intent {
  readonly name: string;
  /** Absent or null where the intent has none. */
  readonly slots?: Readonly<Record<string, Slot>> | null;
}

export interface Slot {
  readonly name: string;
  readonly value: string | number | null;
  readonly valueType?: SlotValueType;
  readonly unit?: string;
}

type Moment = "DATETIME" | "DATE" | "TIME";
export type SlotValueType = Moment | `${Moment}.INTERVAL`;

/** An event of the device, or of the user's list of skills (`ClovaSkill`, LINE only). */
export interface Event {
  readonly namespace: "AudioPlayer" | "SpeechSynthesizer" | "TemplateRuntime" | "ClovaSkill";
  readonly name:
    | `Play${"Started" | "Paused" | "Resumed" | "Stopped" | "Finished"}`
    | `ProgressReport${"Delay" | "Interval" | "Position"}Passed`
    | "StreamRequested"
    | `Speech${"Started" | "Finished" | "Stopped"}`
    | "RequestPlayerInfo"
    | `Skill${"Enabled" | "Disabled"}`;
  readonly payload: Readonly<Record<string, unknown>> | null;
}
