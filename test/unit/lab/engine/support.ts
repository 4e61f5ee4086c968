import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Clusters } from "../../../../lab/engine/cluster";
import { Deployment } from "../../../../lab/engine/deployment";
import { makeUrn } from "../../../../lab/engine/urn";
import type { Registered, Registration } from "../../../../lab/engine/backend";
import type { RunEvent } from "../../../../lab/engine/protocol";
import { StateStore } from "../../../../lab/engine/state";

/** A folder that is there for the tests of one `describe`. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: "" };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), "engine-test-"));
  });
  afterEach(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** Runs of one stack, one after the other, without the SDK. */
export class TestStack {
  readonly events: RunEvent[] = [];
  now = new Date("2026-01-01T00:00:00Z");
  readonly #clusters: Clusters[] = [];
  #deployment: Deployment;

  constructor(
    private readonly stateDir: string,
    private readonly helm = "helm",
  ) {
    this.#deployment = this.#open(false);
  }

  /** Begins another run. */
  next({ isPreview = false } = {}): this {
    this.events.length = 0;
    this.#deployment = this.#open(isPreview);
    return this;
  }

  get state(): StateStore {
    return StateStore.open(this.stateDir, "test", "dev");
  }

  register(
    type: string,
    name: string,
    inputs: Readonly<Record<string, unknown>>,
    more: Partial<Registration> = {},
  ): Promise<Registered> {
    return this.#deployment.register({
      urn: urnOf(type, name),
      type,
      name,
      custom: true,
      parent: undefined,
      provider: undefined,
      inputs,
      secrets: [],
      hasUnknowns: false,
      dependencies: [],
      additionalSecretOutputs: [],
      protect: false,
      timeoutSeconds: undefined,
      ...more,
    });
  }

  /** Registers a cluster and returns its provider's URN. */
  async cluster(name: string, kubeconfig: string, settings: object = {}): Promise<string> {
    const type = "pulumi:providers:kubernetes";
    await this.register(type, name, { kubeconfig, ...settings });
    return urnOf(type, name);
  }

  read: Deployment["read"] = (reading) => this.#deployment.read(reading);
  prune = (): Promise<readonly string[]> => this.#deployment.prune();
  destroy = (): Promise<readonly string[]> => this.#deployment.destroy();

  /** `create Namespace shop`, in order. */
  get operations(): string[] {
    return this.events.flatMap((event) =>
      event.type === "resource" ? [`${event.op} ${event.kind} ${event.name}`] : [],
    );
  }

  close(): void {
    this.#clusters.forEach((clusters) => clusters.close());
  }

  #open(isPreview: boolean): Deployment {
    const { signal } = new AbortController();
    const scratchDir = join(this.stateDir, "scratch");
    const clusters = new Clusters(scratchDir, signal);
    this.#clusters.push(clusters);
    return new Deployment({
      project: "test",
      stateDir: this.stateDir,
      state: this.state,
      clusters,
      scratchDir,
      helm: this.helm,
      signal,
      emit: (event) => this.events.push(event),
      isPreview,
      now: () => this.now,
    });
  }
}

export const urnOf = (type: string, name: string): string =>
  makeUrn("dev", "test", { type, name, parent: undefined });
