import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** A registration as the program made it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** `<provider URN>::<id>`; empty for components and providers. */
  readonly provider: string;
  readonly custom: boolean;
  /** Types of its parents and its own, e.g. `mesh:istio:ControlPlane$kubernetes:helm.sh/v3:Release`. */
  readonly typeChain: string;
  readonly outputs: Record<string, unknown>;
}

/** What the outside world answers where a test needs more than an object's own inputs. */
export interface Answers {
  /** Whether the run is a preview; a deployment by default. */
  readonly isPreview?: boolean;
  /** Outputs of referenced stacks by full name. */
  readonly stacks?: Readonly<Record<string, Record<string, unknown>>>;
  /** Further outputs per resource type. */
  readonly outputs?: Readonly<
    Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>>
  >;
}

const PROJECT = "mesh";

const DEFAULT_OUTPUTS: NonNullable<Answers["outputs"]> = {
  "kubernetes:core/v1:Secret": (inputs) =>
    inputs["type"] === "kubernetes.io/service-account-token"
      ? {
          data: {
            token: Buffer.from("reader-token").toString("base64"),
            "ca.crt": Buffer.from("reader-ca").toString("base64"),
          },
        }
      : {},
  "kubernetes:core/v1:Service": () => ({
    status: { loadBalancer: { ingress: [{ ip: "198.18.101.10" }] } },
  }),
  "kubernetes:helm.sh/v3:Release": (inputs) => ({
    status: { name: inputs["name"], namespace: inputs["namespace"], status: "deployed" },
  }),
  "tls:index/privateKey:PrivateKey": () => ({ privateKeyPem: "KEY\n", publicKeyPem: "PUBLIC\n" }),
  "random:index/randomPassword:RandomPassword": () => ({ result: "random" }),
  "tls:index/certRequest:CertRequest": () => ({ certRequestPem: "REQUEST\n" }),
};

/**
 * Runs a piece of a program under Pulumi's mocks and returns everything that it registered, in
 * order of registration, and what it returned.
 */
export async function record<T>(
  stack: string,
  program: () => T,
  answers: Answers = {},
): Promise<{ resources: Registered[]; result: Awaited<T> }> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        const { type, name } = args;
        const inputs = args.inputs as Record<string, unknown>;
        const outputs = {
          ...inputs,
          ...(type === "pulumi:pulumi:StackReference" && {
            outputs: answers.stacks?.[inputs["name"] as string] ?? {},
            secretOutputNames: [],
          }),
          ...DEFAULT_OUTPUTS[type]?.(inputs),
          ...answers.outputs?.[type]?.(inputs),
        };
        resources.push({
          type,
          name,
          inputs,
          provider: args.provider ?? "",
          custom: args.custom ?? false,
          typeChain: "",
          outputs,
        });
        return { id: args.id ?? `${name}-${randomUUID()}`, state: outputs };
      },
      call(args) {
        throw new Error(`unexpected call of ${args.token}`);
      },
    },
    PROJECT,
    stack,
    answers.isPreview ?? false,
    "organization",
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  const result = await withShortTraces(async () => {
    const returned = await program();
    await pulumi.runtime.disconnect();
    return returned;
  });
  const chains = new Map(
    [...monitor.getRegisteredResources().keys()].map((urn) => {
      const [, , , chain = "", name = ""] = urn.split(/::|(?<=^urn):/);
      return [`${chain.split("$").at(-1)} ${name}`, chain];
    }),
  );
  return {
    resources: resources.map((resource) => ({
      ...resource,
      typeChain: chains.get(`${resource.type} ${resource.name}`) ?? "",
    })),
    result,
  };
}

/** The Pulumi SDK writes a stack trace with every promise that it makes: half of a run's time. */
async function withShortTraces<T>(run: () => Promise<T>): Promise<T> {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  try {
    return await run();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The value of an output inside {@link record}. */
export const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => output.apply(resolve));
