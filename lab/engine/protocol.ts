/**
 * What the parent and the child process of one run say to each other: one JSON value per line, the
 * request on standard input, the events on standard output.
 */

export type Operation = "up" | "destroy" | "preview";

/** One run of one stack. */
export interface RunRequest {
  /** Folder of `Pulumi.yaml`. */
  readonly projectDir: string;
  /** `name` of `Pulumi.yaml`. */
  readonly project: string;
  readonly stack: string;
  readonly operation: Operation;
  /** Folder of the stacks' state files; stack references are looked up in it. */
  readonly stateDir: string;
  /** Keys with their namespace, structured values as JSON texts; see `loadStackConfig`. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secret. */
  readonly secretKeys: readonly string[];
  /** The helm binary; `helm` of the PATH by default. */
  readonly helm?: string;
  /** Everything but outputs is appended to it, with the stack traces of unforeseen errors. */
  readonly logFile?: string;
}

export type ResourceOperation = "create" | "update" | "same" | "replace" | "delete";

/** A resource has been brought to where the program wants it. */
export interface ResourceEvent {
  readonly type: "resource";
  readonly op: ResourceOperation;
  readonly urn: string;
  /** Last part of the resource type, e.g. `Deployment`. */
  readonly kind: string;
  readonly name: string;
  /** Absent for what lives in no cluster, such as keys and certificates. */
  readonly cluster?: string;
  readonly ms: number;
}

/** A resource that takes long says what it is waiting for. */
export interface ProgressEvent {
  readonly type: "progress";
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  readonly cluster?: string;
  readonly message: string;
}

export type Severity = "debug" | "info" | "warning" | "error";

export interface DiagnosticEvent {
  readonly type: "diagnostic";
  readonly severity: Severity;
  /** One sentence. */
  readonly message: string;
  /** Stack trace of an error that nobody foresaw; for logs. */
  readonly detail?: string;
}

/** The stack's outputs; secret ones in clear, so this event belongs in no log. */
export interface OutputsEvent {
  readonly type: "outputs";
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
}

export type Summary = Readonly<Record<ResourceOperation, number>>;

/** The last event of a run. */
export interface SummaryEvent {
  readonly type: "summary";
  readonly succeeded: boolean;
  readonly counts: Summary;
  readonly ms: number;
}

export type RunEvent =
  ResourceEvent | ProgressEvent | DiagnosticEvent | OutputsEvent | SummaryEvent;

export const NO_CHANGES: Summary = { create: 0, update: 0, same: 0, replace: 0, delete: 0 };
