import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../config/errors";
import { isObject } from "../../config/json";

/** What is known of one resource between runs. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly parent?: string;
  /** URN of the provider, for resources of a cluster. */
  readonly provider?: string;
  /** URNs of the resources that had to exist first. */
  readonly dependencies: readonly string[];
  /** {@link digest} of the inputs with which it was last brought up to date. */
  readonly inputsDigest: string;
  /** What the type's handler needs to recognise, skip or remove the resource. */
  readonly memo: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of the outputs that are secret. */
  readonly secretOutputs: readonly string[];
  readonly protect?: boolean;
  /** The run that was making it has not said that it ended. */
  readonly pending?: boolean;
}

export interface StackState {
  readonly format: 1;
  readonly project: string;
  readonly stack: string;
  /** In the order in which they were first registered. */
  readonly resources: readonly ResourceState[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
}

export const stateFile = (stateDir: string, stack: string): string =>
  join(stateDir, `${stack}.json`);

/**
 * A stack's state as its file has it, or `undefined` for a stack that was never run.
 *
 * @throws UserError when the file holds something else
 */
export function readState(file: string): StackState | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    state = undefined;
  }
  if (!isObject(state) || state["format"] !== 1 || !Array.isArray(state["resources"])) {
    throw new UserError(
      `${file} is not a state file of the lab's engine: put the right one back, or remove it and the stack's clusters`,
    );
  }
  return state as unknown as StackState;
}

/**
 * The state of one stack, written to its file after every change.
 *
 * The file is replaced as a whole and belongs to its owner alone (mode 0600), since it holds keys
 * and passwords in clear.
 */
export class StateStore {
  readonly #resources: Map<string, ResourceState>;
  #outputs: Pick<StackState, "outputs" | "secretOutputs">;

  private constructor(
    readonly file: string,
    private readonly identity: Pick<StackState, "project" | "stack">,
    state: StackState | undefined,
  ) {
    this.#resources = new Map(state?.resources.map((resource) => [resource.urn, resource]));
    this.#outputs = {
      outputs: state?.outputs ?? {},
      secretOutputs: state?.secretOutputs ?? [],
    };
  }

  static open(stateDir: string, project: string, stack: string): StateStore {
    const file = stateFile(stateDir, stack);
    return new StateStore(file, { project, stack }, readState(file));
  }

  get(urn: string): ResourceState | undefined {
    return this.#resources.get(urn);
  }

  list(): readonly ResourceState[] {
    return [...this.#resources.values()];
  }

  put(resource: ResourceState): void {
    this.#resources.set(resource.urn, resource);
    this.#save();
  }

  remove(urn: string): void {
    this.#resources.delete(urn);
    this.#save();
  }

  setOutputs(outputs: Readonly<Record<string, unknown>>, secretOutputs: readonly string[]): void {
    this.#outputs = { outputs, secretOutputs };
    this.#save();
  }

  /** Removes the file: the stack is gone. */
  discard(): void {
    rmSync(this.file, { force: true });
  }

  #save(): void {
    const state: StackState = {
      format: 1,
      ...this.identity,
      resources: this.list(),
      ...this.#outputs,
    };
    writeAtomically(this.file, `${JSON.stringify(state, undefined, 1)}\n`);
  }
}

/** Either the old content or the new one is there at every moment, whatever ends the process. */
function writeAtomically(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.next`;
  rmSync(next, { force: true });
  const descriptor = openSync(next, "wx", 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
}
