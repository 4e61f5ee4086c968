import { UserError } from "../../config/errors";
import type { Backend, Reading, Registered, Registration } from "../engine/backend";
import { handlerOf } from "../engine/handlers";
import { objectOr, textOf } from "../../config/json";
import { UNKNOWN, secretProperties, type Path } from "../engine/properties";
import { isStackType } from "../engine/urn";

/** Something that a stack would put into a cluster. */
export interface Recording {
  readonly kind: "object" | "patch" | "release";
  /** The cluster's name, as its provider identifies it. */
  readonly cluster: string;
  /** The logical name, for messages. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: readonly Path[];
}

const RELEASE = "kubernetes:helm.sh/v3:Release";
const STACK_REFERENCE = "pulumi:pulumi:StackReference";
const KUBERNETES_PROVIDER = "pulumi:providers:kubernetes";

/** What the stacks that a program refers to export, by stand-ins. */
export type StackOutputs = () => Promise<{
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
}>;

/** Writes down what a program registers and makes nothing. */
export class Recorder implements Backend {
  readonly recordings: Recording[] = [];
  /** Cluster names by the provider's URN. */
  readonly #clusters = new Map<string, string>();

  constructor(private readonly stackOutputs: StackOutputs) {}

  register(registration: Registration): Promise<Registered> {
    const { urn, type, name, custom, inputs, secrets, provider } = registration;
    if (!custom || isStackType(type)) {
      return Promise.resolve({ id: "", outputs: {}, secretOutputs: [] });
    }
    handlerOf(type, inputs["kind"]);
    if (type === KUBERNETES_PROVIDER) {
      this.#clusters.set(urn, textOf(inputs["clusterIdentifier"]) ?? name);
    } else if (type.startsWith("kubernetes:")) {
      const cluster = this.#clusters.get(provider ?? "");
      if (cluster === undefined) {
        throw new UserError(
          `${name} has no Kubernetes provider of its own or its parents', so no cluster: pass one in its options`,
        );
      }
      this.recordings.push({ kind: recordingKind(type, inputs), cluster, name, inputs, secrets });
    }
    return Promise.resolve({
      id: idOf(type, name, inputs),
      outputs: { ...inputs, ...foreseen(inputs) },
      secretOutputs: [
        ...new Set([...secretProperties(secrets), ...registration.additionalSecretOutputs]),
        ...(inputs["kind"] === "Secret" ? ["data", "stringData"] : []),
      ],
    });
  }

  /** What is in a cluster is known when the stack is deployed, not before. */
  async read({ id, type }: Reading): Promise<Registered> {
    if (type !== STACK_REFERENCE) {
      return { id, outputs: {}, secretOutputs: [] };
    }
    const { outputs, secretOutputs } = await this.stackOutputs();
    return {
      id,
      outputs: { name: id, outputs, secretOutputNames: secretOutputs },
      secretOutputs: ["outputs"],
    };
  }

  setOutputs(): void {
    // A rendering shows what a stack makes; what it exports is known when it is deployed.
  }
}

function recordingKind(type: string, inputs: Readonly<Record<string, unknown>>): Recording["kind"] {
  if (type === RELEASE) {
    return "release";
  }
  return type.endsWith(`:${String(inputs["kind"])}Patch`) ? "patch" : "object";
}

/** What every cluster puts into a token's Secret, so that what is made of it keeps its form. */
function foreseen(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return inputs["type"] === "kubernetes.io/service-account-token"
    ? { data: { token: STAND_IN, "ca.crt": STAND_IN, namespace: STAND_IN } }
    : {};
}

/** Base64, as all data of Secrets. */
const STAND_IN = Buffer.from("render").toString("base64");

function idOf(type: string, name: string, inputs: Readonly<Record<string, unknown>>): string {
  if (type === KUBERNETES_PROVIDER) {
    return name;
  }
  const metadata = objectOr(inputs["metadata"]);
  const known = [textOf(metadata["namespace"]), textOf(metadata["name"])];
  return known.filter((part) => part !== undefined).join("/") || UNKNOWN;
}
