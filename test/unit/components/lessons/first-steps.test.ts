import assert from "node:assert/strict";
import { join } from "node:path";
import { parseConfig } from "../../../../config/parse";
import { loadStackConfig } from "../../../../config/stack-files";
import { UserError } from "../../../../config/errors";
import { kubeconfig, rawConfig } from "../../../support/config";
import type { Registered } from "../../../support/record";
import { runClusterStack } from "../../../support/run-stack";

interface Container {
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly configMapKeyRef?: { name: string; key: string } };
  }[];
  readonly volumeMounts: readonly { readonly mountPath: string }[];
}
interface PodSpec {
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly secret: { readonly secretName: string } }[];
}

describe("the first steps", () => {
  let resources: Registered[];
  before(async () => {
    resources = await runClusterStack(["local"], "local", {
      config: {
        clusters: [{ name: "local", cloud: "minikube" }],
        firstSteps: { enabled: true, greeting: "Hi", nodePort: 31000, host: "hi.example.com" },
      },
    });
  });

  const find = (kind: string, name: string): Registered =>
    resources.find(
      (resource) =>
        resource.type.endsWith(`:${kind}`) &&
        (resource.inputs["metadata"] as { name: string } | undefined)?.name === name,
    ) ?? assert.fail(`no ${kind} ${name}`);
  const specOf = <T>(kind: string): T => find(kind, "hello").inputs["spec"] as T;
  const podSpec = (): PodSpec =>
    specOf<{ template: { spec: PodSpec } }>("Deployment").template.spec;

  it("Deployment: two pods, so that one can go", () => {
    assert.equal(specOf<{ replicas: number }>("Deployment").replicas, 2);
  });

  it("ConfigMap: the greeting reaches the pods as a variable", () => {
    assert.deepEqual(find("ConfigMap", "hello").inputs["data"], { GREETING: "Hi" });
    const [{ env }] = podSpec().containers;
    assert.deepEqual(env.find(({ name }) => name === "GREETING")?.valueFrom?.configMapKeyRef, {
      name: "hello",
      key: "GREETING",
    });
  });

  it("Secret: the token reaches the pods as a file, where the application looks for it", () => {
    const [{ env, volumeMounts }] = podSpec().containers;
    assert.deepEqual(
      podSpec().volumes.map(({ secret }) => secret.secretName),
      ["hello"],
    );
    assert.deepEqual(
      volumeMounts.map(({ mountPath }) => `${mountPath}/token`),
      [env.find(({ name }) => name === "TOKEN_FILE")?.value],
    );
    assert(find("Secret", "hello").inputs["stringData"] !== undefined);
  });

  it("Secret: nobody has to invent the token, and nobody sees it in the configuration", () => {
    const password = resources.find(({ type }) => type.endsWith(":RandomPassword"));
    assert.deepEqual(password?.inputs, { length: 32, special: false });
  });

  it("NodePort: the configured port of every node leads to the pods", () => {
    const { type, ports, selector } = specOf<{
      type: string;
      ports: { nodePort: number; targetPort: string }[];
      selector: object;
    }>("Service");
    assert.equal(type, "NodePort");
    assert.deepEqual(
      ports.map(({ nodePort, targetPort }) => [nodePort, targetPort]),
      [[31000, "http"]],
    );
    assert.deepEqual(
      selector,
      specOf<{ selector: { matchLabels: object } }>("Deployment").selector.matchLabels,
    );
  });

  it("Ingress: the host leads to the Service, by a class that istiod serves", () => {
    const { ingressClassName, rules } = specOf<{
      ingressClassName: string;
      rules: { host: string; http: { paths: { backend: { service: { name: string } } }[] } }[];
    }>("Ingress");
    assert.deepEqual(
      rules.map(({ host, http }) => [host, http.paths.map(({ backend }) => backend.service.name)]),
      [["hi.example.com", ["hello"]]],
    );
    assert.deepEqual(find("IngressClass", ingressClassName).inputs["spec"], {
      controller: "istio.io/ingress-controller",
    });
  });

  it("Dashboard: Headlamp makes nobody an administrator, and its viewer may only view", () => {
    const release = resources.find(({ name }) => name === "dashboard-release");
    assert.equal(release?.inputs["chart"], "headlamp");
    const { clusterRoleBinding } = release.inputs["values"] as {
      clusterRoleBinding: { create: boolean };
    };
    assert.equal(clusterRoleBinding.create, false);
    assert.deepEqual(
      (find("ClusterRoleBinding", "headlamp-viewer").inputs["roleRef"] as { name: string }).name,
      "view",
    );
  });

  it("are one stack on one cluster, with the sample beside them, as first-steps/ has it", () => {
    const { config } = loadStackConfig(join(__dirname, "../../../../first-steps"), "local", {
      values: { kubeconfigs: { local: kubeconfig("https://192.0.2.1:6443") } },
    });
    const raw = Object.fromEntries(
      Object.entries(config)
        .filter(([key]) => key.startsWith("mesh:"))
        .map(([key, text]) => [key.slice(5), JSON.parse(text) as unknown]),
    );
    const parsed = parseConfig(raw, "local");
    assert(parsed.kind === "cluster");
    assert.deepEqual(parsed.peers, []);
    assert.equal(parsed.self.cloud.title, "minikube");
    assert.equal(parsed.firstSteps?.dashboard, true);
    assert.deepEqual(
      parsed.bookinfo?.workloads.map(({ name }) => name),
      ["productpage", "details", "ratings", "reviews-v1", "reviews-v2", "client"],
    );
  });

  it("refuse a port that no node hands out", () => {
    assert.throws(
      () =>
        parseConfig(rawConfig(["local"], { firstSteps: { enabled: true, nodePort: 80 } }), "local"),
      (error) =>
        error instanceof UserError &&
        /^mesh:firstSteps\.nodePort must be a port from 30000 to 32767, got 80/.test(error.message),
    );
  });
});
