import assert from "node:assert/strict";
import type { Registered } from "../../../support/record";
import { REDIS_PASSWORD, runClusterStack } from "../../../support/run-stack";

const NAMES = ["ncloud", "nhn"];

const run = async (
  stack: string,
  theater: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<Registered[]> =>
  (
    await runClusterStack(NAMES, stack, {
      config: { theater: { enabled: true, ...theater }, ...more },
    })
  ).filter(({ typeChain }) => typeChain.startsWith("mesh:theater:"));

const kind = (resources: readonly Registered[], name: string): Registered[] =>
  resources.filter(({ type }) => type.endsWith(`:${name}`));

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly annotations?: Record<string, string>;
  readonly labels?: Record<string, string>;
}
const metadata = ({ inputs }: Registered): Metadata => inputs["metadata"] as Metadata;
const names = (resources: readonly Registered[]): string[] =>
  resources.map((resource) => metadata(resource).name).sort();

interface PodSpec {
  readonly serviceAccountName: string;
  readonly affinity?: unknown;
  readonly containers: readonly {
    readonly name: string;
    readonly env?: readonly { name: string }[];
  }[];
  readonly volumes?: readonly object[];
}
interface DeploymentSpec {
  readonly replicas?: number;
  readonly template: { readonly metadata: Metadata; readonly spec: PodSpec };
}
const specOf = (resources: readonly Registered[], name: string): DeploymentSpec => {
  const found = kind(resources, "Deployment").find((each) => metadata(each).name === name);
  return found?.inputs["spec"] as DeploymentSpec;
};

const FIVE = ["api-gateway", "booking-service", "movie-service", "redis", "user-service"];
const THREE = ["booking-service", "movie-service", "user-service"];

describe("the theater in a cluster", () => {
  let first: Registered[];
  let second: Registered[];
  before(async () => {
    first = await run("ncloud");
    second = await run("nhn");
  });

  it("has the names and the rules of all services, and the pods that are placed there", () => {
    for (const resources of [first, second]) {
      assert.deepEqual(names(kind(resources, "Service")), FIVE);
      assert.deepEqual(names(kind(resources, "AuthorizationPolicy")), [
        "api-gateway",
        "booking-service",
        "deny-all",
        "movie-service",
        "redis",
        "user-service",
      ]);
      assert.deepEqual(names(kind(resources, "VirtualService")), THREE);
    }
    assert.deepEqual(
      names(kind(first, "NetworkPolicy")),
      [...FIVE, "egress", "page-egress"].sort(),
      "a gateway with the page asks API servers",
    );
    assert.deepEqual(names(kind(second, "NetworkPolicy")), [...FIVE, "egress"].sort());
    assert.deepEqual(names(kind(first, "Deployment")), FIVE);
    assert.deepEqual(names(kind(second, "Deployment")), THREE);
  });

  it("gives each workload an account of its own without a token, and labels pods with the cluster", () => {
    for (const resource of kind(first, "Deployment")) {
      const { name } = metadata(resource);
      const { template } = specOf(first, name);
      assert.equal(template.spec.serviceAccountName, name);
      assert.deepEqual(template.metadata.labels, { app: name, cluster: "ncloud" });
    }
    for (const { inputs } of kind(first, "ServiceAccount")) {
      assert.equal(inputs["automountServiceAccountToken"], false);
    }
  });

  it("hands redis' password to the three services alone, and never in the clear", () => {
    const password = (name: string): boolean =>
      specOf(first, name).template.spec.containers.some(({ env }) =>
        env?.some((variable) => variable.name === "REDIS_PASSWORD"),
      );
    assert.deepEqual(FIVE.filter(password), THREE);
    const clear = first.filter(
      ({ type, inputs }) =>
        !type.endsWith(":Secret") && JSON.stringify(inputs).includes(REDIS_PASSWORD),
    );
    assert.deepEqual(names(clear), []);
    const [secret] = kind(first, "Secret");
    assert.match(
      JSON.stringify(secret?.inputs["stringData"]),
      /^\{"4dabf18193072939515e22adb298388d"/,
    );
  });

  interface Rule {
    readonly resources: string[];
    readonly resourceNames?: string[];
    readonly verbs: string[];
  }
  const rights = (resources: readonly Registered[]): Record<string, Rule> =>
    Object.fromEntries(
      kind(resources, "Role").map((role) => [
        metadata(role).name,
        (role.inputs["rules"] as Rule[])[0] as Rule,
      ]),
    );
  const subjects = (resources: readonly Registered[], name: string): unknown =>
    kind(resources, "RoleBinding").find((each) => metadata(each).name === name)?.inputs["subjects"];
  const gatewaysEnv = (resources: readonly Registered[]): string[] =>
    specOf(resources, "api-gateway").template.spec.containers.flatMap(({ env = [] }) =>
      env.map((variable) => variable.name),
    );

  it("lets the gateway see pods in every cluster, and the weights of its own, and change nothing", () => {
    assert.deepEqual(rights(first), {
      "page-pods": { apiGroups: [""], resources: ["pods"], verbs: ["list"] },
      "page-routes": {
        apiGroups: ["networking.istio.io"],
        resources: ["virtualservices"],
        resourceNames: ["user-service", "movie-service", "booking-service"],
        verbs: ["get"],
      },
    });
    const own = { kind: "ServiceAccount", name: "api-gateway", namespace: "theater-msa" };
    assert.deepEqual(subjects(first, "page-pods"), [own]);
    assert.deepEqual(subjects(first, "page-routes"), [own]);
    assert.deepEqual(Object.keys(rights(second)), ["page-pods"]);
    assert.deepEqual(subjects(second, "page-pods"), [
      { kind: "ServiceAccount", name: "theater-viewer", namespace: "theater-viewer-ncloud" },
    ]);
    assert.deepEqual(names(kind(first, "Namespace")), ["theater-msa", "theater-viewer-ncloud"]);
    assert.deepEqual(names(kind(second, "Namespace")), ["theater-msa"]);
    assert(gatewaysEnv(first).includes("TOPOLOGY"));
    assert(!gatewaysEnv(first).includes("CONTROL_TOKEN"));
  });

  it("lets it change the three routes where there is a token, which is never in the clear", async () => {
    const token = "fedcba9876543210fedcba9876543210";
    const allowed = await run("ncloud", {}, { theaterControlToken: token });
    assert.deepEqual(rights(allowed)["page-routes"]?.verbs, ["get", "update"]);
    assert(gatewaysEnv(allowed).includes("CONTROL_TOKEN"));
    const clear = allowed.filter(
      ({ type, inputs }) => !type.endsWith(":Secret") && JSON.stringify(inputs).includes(token),
    );
    assert.deepEqual(names(clear), []);
  });

  it("has nothing to look by where the page shall show nothing", async () => {
    const blind = await run("ncloud", { page: { topology: false } });
    assert.deepEqual(kind(blind, "Role"), []);
    assert.deepEqual(names(kind(blind, "Namespace")), ["theater-msa"]);
    assert.equal(specOf(blind, "api-gateway").template.spec.volumes, undefined);
    assert(!gatewaysEnv(blind).includes("TOPOLOGY"));
  });

  it("waits for pods that redis of the same stack makes ready, and for no other stack's", () => {
    const unawaited = (resources: readonly Registered[]): string[] =>
      names(
        kind(resources, "Deployment").filter(
          (each) => metadata(each).annotations?.["pulumi.com/skipAwait"] === "true",
        ),
      );
    assert.deepEqual(unawaited(first), []);
    assert.deepEqual(unawaited(second), THREE);
  });

  it("scales where there are metrics, and has fixed replicas where there are none", async () => {
    assert.equal(kind(first, "HorizontalPodAutoscaler").length, 4);
    assert.equal(specOf(first, "user-service").replicas, undefined);
    const fixed = await run("ncloud", { replicas: 3 }, { metricsServer: "none" });
    assert.deepEqual(kind(fixed, "HorizontalPodAutoscaler"), []);
    assert.equal(specOf(fixed, "user-service").replicas, 3);
  });

  it("keeps redis' data where a volume is asked for, and uses labelled nodes where told so", async () => {
    assert.deepEqual(kind(first, "PersistentVolumeClaim"), []);
    assert.equal(specOf(first, "redis").template.spec.affinity, undefined);
    const kept = await run("ncloud", { storage: "2Gi", storageClass: "fast", nodeAffinity: true });
    const [claim] = kind(kept, "PersistentVolumeClaim");
    assert.match(
      JSON.stringify(claim?.inputs["spec"]),
      /"storage":"2Gi".*"storageClassName":"fast"/,
    );
    assert.match(
      JSON.stringify(specOf(kept, "redis").template.spec.volumes),
      /persistentVolumeClaim/,
    );
    for (const name of FIVE) {
      assert.match(
        JSON.stringify(specOf(kept, name).template.spec.affinity),
        /cluster-name.*ncloud/,
      );
    }
  });

  it("enters by a Gateway of others' without making one", async () => {
    const entered = await run("ncloud", {
      host: "theater.example.com",
      entry: "existing",
      existingGateway: "istio-system/cp-gateway",
    });
    assert.deepEqual(kind(entered, "Gateway"), []);
    const route = kind(entered, "VirtualService").find(
      (each) => metadata(each).name === "theater-msa",
    );
    assert(route);
    assert.equal(metadata(route).namespace, "istio-system");
    const { hosts, gateways } = route.inputs["spec"] as Record<"hosts" | "gateways", string[]>;
    assert.deepEqual([hosts, gateways], [["theater.example.com"], ["istio-system/cp-gateway"]]);
  });
});
