import type { Cluster } from "../cluster";
import type { Path } from "../properties";
import type { ResourceState } from "../state";

/** How one resource type is made, kept and removed. */
export interface Handler {
  /** Brings the resource to where the inputs want it; the handler decides what that takes. */
  readonly up: (target: Target, context: Context) => Promise<Outcome>;
  /** Removes what `up` made; nothing to remove is fine. Absent where nothing exists outside the state. */
  readonly remove?: (resource: ResourceState, context: Context) => Promise<void>;
  /** Looks something up that is not the stack's own (`StackReference`, `Namespace.get`). */
  readonly read?: (query: Query, context: Context) => Promise<Found>;
}

/** A resource as the program wants it. */
export interface Target {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: readonly Path[];
  /** Equal digests: the program asks for what it asked for last time. */
  readonly inputsDigest: string;
  /** As the last run left it, which may have been interrupted. */
  readonly previous: ResourceState | undefined;
  /** URN of the provider. */
  readonly provider: string | undefined;
  /** Of `customTimeouts`, in seconds. */
  readonly timeoutSeconds: number | undefined;
}

export interface Outcome {
  readonly op: "create" | "update" | "same" | "replace";
  readonly id: string;
  /** Kept in the state for the next run's {@link Target.previous}. */
  readonly memo: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Outputs that are secret besides those that the program or its SDK names. */
  readonly secretOutputs?: readonly string[];
}

export interface Query {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider: string | undefined;
}

export interface Found {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
}

/** What a handler may use of the run it works for. */
export interface Context {
  readonly project: string;
  readonly stateDir: string;
  readonly signal: AbortSignal;
  /** The helm binary. */
  readonly helm: string;
  /** Folder for files that live as long as the run. */
  readonly scratchDir: string;
  readonly now: () => Date;
  /** Says what the resource is waiting for. */
  readonly progress: (message: string) => void;
  /**
   * Puts the resource down in the state before it exists, so that an interrupted run leaves nothing
   * behind that no later run knows of.
   */
  readonly claim: (id: string, memo: Readonly<Record<string, unknown>>) => void;
  /** The cluster of a provider. @throws UserError when the program named no provider */
  readonly cluster: (provider: string | undefined) => Cluster;
}
