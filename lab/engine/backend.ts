import type { Path } from "./properties";

/** What stands behind the SDK: it registers a program's resources with one of these. */
export interface Backend {
  register(registration: Registration): Promise<Registered>;
  read(reading: Reading): Promise<Registered>;
  setOutputs(outputs: Readonly<Record<string, unknown>>, secretOutputs: readonly string[]): void;
}

/** A resource as the program declares it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** `false` for components, which exist in the program only. */
  readonly custom: boolean;
  /** URN; the stack's own for resources without a parent. */
  readonly parent: string | undefined;
  /** URN of the provider. */
  readonly provider: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Places in the inputs that are secret. */
  readonly secrets: readonly Path[];
  readonly hasUnknowns: boolean;
  /** URNs. */
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly protect: boolean;
  /** The longer of `customTimeouts.create` and `.update`. */
  readonly timeoutSeconds: number | undefined;
}

/** A resource of others that the program looks up by its ID. */
export type Reading = Pick<Registration, "urn" | "type" | "name" | "provider" | "inputs"> & {
  readonly id: string;
};

export interface Registered {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
}
