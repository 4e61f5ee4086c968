import assert from "node:assert/strict";
import { hardenedContainer, hardenedPod, httpProbes } from "../../../../components/workload";
import { capabilities } from "../../../../policy/workloads/capabilities";
import { images } from "../../../../policy/workloads/images";
import { nonRoot } from "../../../../policy/workloads/non-root";
import { privilegeEscalation } from "../../../../policy/workloads/privilege-escalation";
import { probes } from "../../../../policy/workloads/probes";
import { readOnlyRoot } from "../../../../policy/workloads/read-only-root";
import { chartName } from "../../../../policy/workloads/release";
import { resources } from "../../../../policy/workloads/resources";
import { seccomp } from "../../../../policy/workloads/seccomp";
import { judge, object, resource, unknown, type Resource } from "../../../support/policies";

const POLICIES = [
  images,
  resources,
  probes,
  nonRoot,
  readOnlyRoot,
  capabilities,
  privilegeEscalation,
  seccomp,
];

const good = {
  ...hardenedContainer,
  ...httpProbes("http", "/healthz", "/readyz"),
  name: "app",
  image: "example.com/app:1.2.3",
  resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
};
type Part = Readonly<Record<string, unknown>>;

/** A container of ours with its security context changed. */
const withContext = (context: Part): Part => ({
  ...good,
  securityContext: { ...good.securityContext, ...context },
});

const pod = (containers: unknown, rest: Part = {}) => ({ ...hardenedPod, containers, ...rest });
const deployment = (spec: unknown, metadata: Part = {}) =>
  object("apps/v1", "Deployment", { spec: { template: { metadata, spec } } });
const release = (chart: string, values: Part) =>
  resource("kubernetes:helm.sh/v3:Release", { name: "r", namespace: "ns", chart, values });

/** `policy: what the sentence says before its colon` */
const broken = async (...given: Resource[]): Promise<string[]> =>
  (await judge(given, POLICIES)).map(
    ({ policy, sentence }) => `${policy}: ${sentence.replace(/: .*/, "")}`,
  );

describe("policies on workloads", () => {
  it("pass a hardened container", async () => {
    assert.deepEqual(await broken(deployment(pod([good]))), []);
  });

  const CASES: [name: string, container: Part, expected: string][] = [
    [
      "an image without a tag",
      { ...good, image: "app" },
      "images-pinned: Container app of Deployment shop/it, image app, has no tag",
    ],
    [
      "no resources",
      { ...good, resources: undefined },
      "resources-set: Container app of Deployment shop/it has no resources.requests.cpu, resources.requests.memory, resources.limits.memory",
    ],
    [
      "no limit of memory",
      { ...good, resources: { requests: { cpu: 1, memory: 1 } } },
      "resources-set: Container app of Deployment shop/it has no resources.limits.memory",
    ],
    [
      "no liveness probe",
      { ...good, livenessProbe: undefined },
      "probes-set: Container app of Deployment shop/it has no livenessProbe",
    ],
    [
      "root by number",
      withContext({ runAsUser: 0 }),
      "runs-as-non-root: Container app of Deployment shop/it runs as user 0",
    ],
    [
      "root where the pod says otherwise",
      withContext({ runAsNonRoot: false }),
      "runs-as-non-root: Container app of Deployment shop/it may run as root",
    ],
    [
      "a writable root filesystem",
      withContext({ readOnlyRootFilesystem: null }),
      "root-filesystem-read-only: Container app of Deployment shop/it can write to its root filesystem",
    ],
    [
      "kept capabilities",
      withContext({ capabilities: { drop: ["NET_RAW"] } }),
      "capabilities-dropped: Container app of Deployment shop/it keeps Linux capabilities",
    ],
    [
      "added capabilities",
      withContext({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } }),
      "capabilities-dropped: Container app of Deployment shop/it adds the Linux capabilities SYS_ADMIN",
    ],
    [
      "a way to more privileges",
      withContext({ allowPrivilegeEscalation: null }),
      "no-privilege-escalation: Container app of Deployment shop/it may gain privileges",
    ],
    [
      "a privileged container",
      withContext({ privileged: true }),
      "no-privilege-escalation: Container app of Deployment shop/it is privileged",
    ],
    [
      "an unconfined profile",
      withContext({ seccompProfile: { type: "Unconfined" } }),
      "seccomp-profile-set: Container app of Deployment shop/it has the seccomp profile Unconfined",
    ],
  ];
  for (const [name, container, expected] of CASES) {
    it(`refuse ${name}, and nothing else about it`, async () => {
      assert.deepEqual(await broken(deployment(pod([good, container]))), [expected]);
    });
  }

  it("allow NET_BIND_SERVICE back", async () => {
    const container = withContext({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } });
    assert.deepEqual(await broken(deployment(pod([container]))), []);
  });

  it("take from the pod what the container leaves out, where Kubernetes does", async () => {
    const { securityContext, ...rest } = pod([good]);
    assert.deepEqual(await broken(deployment(rest)), [
      "runs-as-non-root: Container app of Deployment shop/it may run as root",
      "seccomp-profile-set: Container app of Deployment shop/it has no seccomp profile",
    ]);
    const own = withContext({ runAsNonRoot: true, seccompProfile: securityContext.seccompProfile });
    assert.deepEqual(await broken(deployment({ ...rest, containers: [own] })), []);
  });

  const wrong = withContext({ privileged: true });
  const template = { spec: pod([wrong]) };
  const KINDS: [apiVersion: string, kind: string, spec: Part][] = [
    ["apps/v1", "StatefulSet", { template }],
    ["apps/v1", "DaemonSet", { template }],
    ["apps/v1", "ReplicaSet", { template }],
    ["batch/v1", "Job", { template }],
    ["batch/v1", "CronJob", { jobTemplate: { spec: { template } } }],
    ["v1", "ReplicationController", { template }],
    ["v1", "Pod", template.spec],
  ];
  for (const [apiVersion, kind, spec] of KINDS) {
    it(`look into a ${kind}`, async () => {
      assert.deepEqual(await broken(object(apiVersion, kind, { spec })), [
        `no-privilege-escalation: Container app of ${kind} shop/it is privileged`,
      ]);
    });
  }

  it("look at init containers, of which only those that stay need probes", async () => {
    const { readinessProbe, livenessProbe, ...without } = good;
    assert(readinessProbe && livenessProbe);
    const initContainers = [
      { ...without, name: "once" },
      { ...without, name: "stays", restartPolicy: "Always" },
      { ...good, name: "loose", image: "app:latest" },
    ];
    assert.deepEqual(await broken(deployment(pod([good], { initContainers }))), [
      "images-pinned: Init container loose of Deployment shop/it, image app:latest, has the tag latest",
      "probes-set: Sidecar stays of Deployment shop/it has no readinessProbe and no livenessProbe",
    ]);
  });

  it("ask no probes of what ends by itself", async () => {
    const { readinessProbe, livenessProbe, ...without } = good;
    assert(readinessProbe && livenessProbe);
    assert.deepEqual(
      await broken(
        object("batch/v1", "Job", { spec: { template: { spec: pod([without]) } } }),
        object("v1", "Pod", { spec: pod([without], { restartPolicy: "Never" }) }),
      ),
      [],
    );
  });

  it("leave the image of an injected gateway to istiod", async () => {
    const annotations = { "inject.istio.io/templates": "gateway" };
    const gateway = pod([{ ...good, image: "auto" }]);
    assert.deepEqual(await broken(deployment(gateway, { annotations })), []);
    assert.equal((await broken(deployment(gateway))).length, 1);
  });

  it("wait with what a preview doesn't know, and judge the rest", async () => {
    assert.deepEqual(await broken(deployment(unknown)), []);
    assert.deepEqual(await broken(deployment(pod(unknown))), []);
    const partly = { ...withContext({ privileged: true }), image: unknown, resources: unknown };
    assert.deepEqual(await broken(deployment(pod([partly]))), [
      "no-privilege-escalation: Container app of Deployment shop/it is privileged",
    ]);
  });
});

describe("policies on the values of Helm releases", () => {
  const seccompProfile = { type: "RuntimeDefault" };
  const istiod = { seccompProfile, resources: { limits: { memory: "4Gi" } } };
  const gateway = { securityContext: { seccompProfile } };

  it("pass Istio's charts with what their defaults leave out", async () => {
    assert.deepEqual(await broken(release("istiod", istiod), release("gateway", gateway)), []);
    for (const containerSecurityContext of [null, {}]) {
      const values = { ...gateway, containerSecurityContext };
      assert.deepEqual(await broken(release("gateway", values)), []);
    }
  });

  it("refuse Istio's charts without it", async () => {
    assert.deepEqual(await broken(release("istiod", {}), release("gateway", {})), [
      "resources-set: Container discovery of Release ns/r has no resources.limits.memory",
      "seccomp-profile-set: Container discovery of Release ns/r has no seccomp profile",
      "seccomp-profile-set: Container istio-proxy of Release ns/r has no seccomp profile",
    ]);
  });

  it("refuse values that put less in the place of a chart's hardening", async () => {
    const containerSecurityContext = { privileged: true };
    assert.deepEqual(
      (await broken(release("gateway", { ...gateway, containerSecurityContext }))).map(
        (line) => line.split(":")[0],
      ),
      [
        "runs-as-non-root",
        "root-filesystem-read-only",
        "capabilities-dropped",
        "no-privilege-escalation",
      ],
    );
  });

  it("judge of any other chart what its values say, and only that", async () => {
    assert.deepEqual(await broken(release("redis", { master: { port: 6379 } })), []);
    const values = { master: { containerSecurityContext: { runAsUser: 0 } } };
    assert.deepEqual(await broken(release("redis", values)), [
      "runs-as-non-root: values.master.containerSecurityContext of Release ns/r runs as user 0",
    ]);
  });

  it("find the tag latest in the values of any chart", async () => {
    const values = {
      global: { tag: "latest" },
      proxy: { image: "example.com/proxy:latest" },
      sidecar: { image: { repository: "x", tag: "1.0" } },
    };
    assert.deepEqual(await broken(release("any", values)), [
      "images-pinned: values.global.tag of Release ns/r is latest",
      "images-pinned: values.proxy.image of Release ns/r is example.com/proxy:latest",
    ]);
  });

  it("know a chart by its own name, wherever it comes from", () => {
    for (const chart of [
      "gateway",
      "oci://registry.example.com:5000/charts/gateway",
      "./charts/gateway/",
      "https://example.com/gateway-1.31.1.tgz",
    ]) {
      assert.equal(chartName(chart), "gateway");
    }
  });
});
