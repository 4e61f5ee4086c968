import { UserError } from "../../config/errors";
import type { Backend, Reading, Registered, Registration } from "./backend";
import type { Cluster, Clusters, ProviderSettings } from "./cluster";
import { deletionOrder } from "./deletion-order";
import { handlerOf } from "./handlers";
import type { Context } from "./handlers/handler";
import { digest, objectOr, textOf } from "../../config/json";
import { KubeError, UnreachableError } from "./kube-client";
import { UNKNOWN, secretProperties } from "./properties";
import type { ResourceOperation, RunEvent } from "./protocol";
import type { ResourceState, StateStore } from "./state";
import { isStackType, kindOfType } from "./urn";

export interface DeploymentOptions {
  readonly project: string;
  readonly stateDir: string;
  readonly state: StateStore;
  readonly clusters: Clusters;
  readonly scratchDir: string;
  readonly helm: string;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** Only says what would happen, judging by the state. */
  readonly isPreview: boolean;
  /** For tests. */
  readonly now?: () => Date;
}

/** Brings the resources that a program registers, or a state lists, to where they should be. */
export class Deployment implements Backend {
  readonly #registered = new Set<string>();
  #failed = false;
  #inFlight = 0;
  #onIdle: () => void = () => undefined;

  constructor(private readonly options: DeploymentOptions) {}

  async register(registration: Registration): Promise<Registered> {
    const { type, urn, custom, inputs, secrets } = registration;
    if (!custom || isStackType(type)) {
      return { id: "", outputs: {}, secretOutputs: secretProperties(secrets) };
    }
    this.#registered.add(urn);
    const secretOutputs = [
      ...new Set([...secretProperties(secrets), ...registration.additionalSecretOutputs]),
    ];
    return this.options.isPreview
      ? this.#foresee(registration, secretOutputs)
      : this.#track(() => this.#bringUp(registration, digest(inputs), secretOutputs)).catch(
          (error: unknown) => {
            throw this.#inWords(error, registration);
          },
        );
  }

  async read(reading: Reading): Promise<Registered> {
    const { read } = handlerOf(reading.type, reading.inputs["kind"]);
    if (read === undefined) {
      throw new UserError(
        `the lab's engine can't look up ${reading.name} [${reading.type}]: deploy with the Pulumi CLI`,
      );
    }
    if (reading.id === UNKNOWN) {
      return { id: UNKNOWN, outputs: {}, secretOutputs: [] };
    }
    return this.#track(async () => ({
      id: reading.id,
      ...(await read(reading, this.#context(reading))),
    }));
  }

  setOutputs(outputs: Readonly<Record<string, unknown>>, secretOutputs: readonly string[]): void {
    if (!this.options.isPreview && !this.#failed) {
      this.options.state.setOutputs(outputs, secretOutputs);
      this.options.emit({ type: "outputs", outputs, secretOutputs });
    }
  }

  /** Lets nothing new begin. */
  stop(): void {
    this.#failed = true;
    this.#settle();
  }

  /** Settles when nothing is under way any more, after {@link stop}. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#settle();
    });
  }

  /** Removes what the state has and the program no longer registers. @returns the errors, one a sentence */
  prune(): Promise<readonly string[]> {
    return this.#removeAll((resource) => !this.#registered.has(resource.urn));
  }

  /** Removes everything. @returns the errors, one a sentence */
  destroy(): Promise<readonly string[]> {
    return this.#removeAll(() => true);
  }

  async #bringUp(
    registration: Registration,
    inputsDigest: string,
    secretOutputs: readonly string[],
  ): Promise<Registered> {
    const { state } = this.options;
    const { urn, type, name, inputs } = registration;
    const started = Date.now();
    const handler = handlerOf(type, inputs["kind"]);
    const previous = state.get(urn);
    const entry = (
      made: Pick<ResourceState, "id" | "memo" | "outputs" | "secretOutputs">,
    ): ResourceState => ({
      urn,
      type,
      name,
      ...made,
      ...(registration.parent !== undefined && { parent: registration.parent }),
      ...(registration.provider !== undefined && { provider: registration.provider }),
      ...(registration.protect && { protect: true }),
      dependencies: registration.dependencies,
      inputsDigest,
    });
    const outcome = await handler.up(
      {
        ...registration,
        inputsDigest,
        previous,
      },
      {
        ...this.#context(registration),
        claim: (id, memo) =>
          state.put({ ...entry({ id, memo, outputs: {}, secretOutputs: [] }), pending: true }),
      },
    );
    const { op, id, memo, outputs } = outcome;
    const made = {
      id,
      memo,
      outputs,
      secretOutputs: [...new Set([...secretOutputs, ...(outcome.secretOutputs ?? [])])],
    };
    const next = entry(made);
    if (digest(previous) !== digest(next)) {
      state.put(next);
    }
    this.#report(next, op, started);
    return made;
  }

  /** Errors of the API, with the object and the cluster they are about. */
  #inWords(error: unknown, { type, name, inputs, provider }: Registration): unknown {
    if (error instanceof UnreachableError) {
      return new UserError(`${error.message}: start it, or correct its kubeconfig`);
    }
    if (error instanceof KubeError) {
      const metadata = objectOr(inputs["metadata"]);
      const object = [textOf(metadata["namespace"]), textOf(metadata["name"]) ?? name];
      return new UserError(
        `${kindOfType(type)} ${object.filter(Boolean).join("/")} is refused by ${this.#settings(provider)?.cluster ?? "its cluster"}: ${error.message}`,
      );
    }
    return error;
  }

  /** What `up` would do, as far as the state can tell. */
  #foresee(registration: Registration, secretOutputs: readonly string[]): Promise<Registered> {
    const { type, inputs, urn, hasUnknowns } = registration;
    handlerOf(type, inputs["kind"]);
    const previous = this.options.state.get(urn);
    const isSame =
      previous !== undefined &&
      previous.pending !== true &&
      !hasUnknowns &&
      previous.inputsDigest === digest(inputs);
    this.#report(
      { ...registration, ...previous },
      previous === undefined ? "create" : isSame ? "same" : "update",
      Date.now(),
    );
    return Promise.resolve({
      id: previous?.id ?? UNKNOWN,
      outputs: { ...(isSame ? previous.outputs : {}), ...inputs },
      secretOutputs,
    });
  }

  async #removeAll(isDue: (resource: ResourceState) => boolean): Promise<readonly string[]> {
    const { state, isPreview } = this.options;
    const unreachable = new Map<string, { error: UnreachableError; left: string[] }>();
    const errors: string[] = [];
    for (const resource of deletionOrder(state.list()).filter(isDue)) {
      const started = Date.now();
      const cluster = this.#settings(resource.provider)?.cluster ?? "";
      if (isPreview) {
        this.#report(resource, "delete", started);
      } else if (
        isProvider(resource) &&
        state.list().some(({ provider }) => provider === resource.urn)
      ) {
        // Something of its cluster could not be removed and needs it in the next run.
      } else if (resource.protect === true) {
        errors.push(`${label(resource)} is protected: take protect off it and deploy that first`);
      } else if (unreachable.has(cluster)) {
        unreachable.get(cluster)?.left.push(label(resource));
      } else {
        try {
          await this.#track(() => this.#remove(resource));
          state.remove(resource.urn);
          this.#report(resource, "delete", started);
        } catch (error) {
          if (error instanceof UnreachableError) {
            unreachable.set(cluster, { error, left: [label(resource)] });
          } else if (this.options.signal.aborted) {
            throw error;
          } else {
            errors.push(`${label(resource)} could not be removed: ${(error as Error).message}`);
          }
        }
      }
    }
    return [...errors, ...[...unreachable.values()].map(describeLeft)];
  }

  async #remove(resource: ResourceState): Promise<void> {
    const kind = (resource.memo["ref"] as { kind?: string } | undefined)?.kind;
    const { remove } = handlerOf(resource.type, kind);
    await remove?.(resource, this.#context(resource));
  }

  #context({
    urn,
    type,
    name,
    provider,
  }: Pick<Registration, "urn" | "type" | "name"> & {
    readonly provider?: string | undefined;
  }): Context {
    const { project, stateDir, helm, signal, scratchDir, now } = this.options;
    let said: string | undefined;
    return {
      project,
      stateDir,
      helm,
      signal,
      scratchDir,
      now: now ?? (() => new Date()),
      progress: (message) => {
        if (message !== said) {
          said = message;
          this.options.emit({
            type: "progress",
            urn,
            kind: kindOfType(type),
            name,
            ...this.#clusterName(provider),
            message,
          });
        }
      },
      claim: () => undefined,
      cluster: (asked) => this.#cluster(asked, name),
    };
  }

  #cluster(provider: string | undefined, name: string): Cluster {
    const settings = this.#settings(provider);
    if (settings === undefined) {
      throw new UserError(
        `${name} has no Kubernetes provider of its own or its parents', so no cluster: pass one in its options`,
      );
    }
    return this.options.clusters.get(settings);
  }

  #settings(provider: string | undefined): ProviderSettings | undefined {
    return provider === undefined
      ? undefined
      : (this.options.state.get(provider)?.memo["settings"] as ProviderSettings | undefined);
  }

  #clusterName(provider: string | undefined): { cluster?: string } {
    const cluster = this.#settings(provider)?.cluster;
    return cluster === undefined ? {} : { cluster };
  }

  #report(
    resource: Pick<ResourceState, "urn" | "type" | "name"> & {
      readonly provider?: string | undefined;
    },
    op: ResourceOperation,
    started: number,
  ): void {
    this.options.emit({
      type: "resource",
      op,
      urn: resource.urn,
      kind: kindOfType(resource.type),
      name: resource.name,
      ...this.#clusterName(isProvider(resource) ? resource.urn : resource.provider),
      ms: Date.now() - started,
    });
  }

  /** After a failure nothing new begins, as with Pulumi; what is under way may end. */
  async #track<T>(work: () => Promise<T>): Promise<T> {
    if (this.#failed) {
      throw new StoppedError();
    }
    this.#inFlight++;
    try {
      return await work();
    } finally {
      this.#inFlight--;
      this.#settle();
    }
  }

  #settle(): void {
    if (this.#failed && this.#inFlight === 0) {
      this.#onIdle();
    }
  }
}

/** An operation that did not begin because another one had failed. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

const isProvider = ({ type }: Pick<ResourceState, "type">): boolean =>
  type.startsWith("pulumi:providers:");

/** What users know a resource by: `Secret istio-system/cacerts`, or its name in the program. */
function label({ type, name, id, memo }: ResourceState): string {
  return `${kindOfType(type)} ${memo["ref"] === undefined ? name : id}`;
}

function describeLeft({
  error,
  left,
}: {
  readonly error: UnreachableError;
  readonly left: readonly string[];
}): string {
  const others = left.length > 1 ? ` and ${left.length - 1} more` : "";
  return `${error.message}, so ${left[0]}${others} could not be removed: start it and run this again`;
}
