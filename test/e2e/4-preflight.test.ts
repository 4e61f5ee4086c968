import assert from "node:assert/strict";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "@kubernetes/client-node";
import { parse, stringify } from "yaml";
import { clientFor } from "../../kube/client";
import { runningProcess } from "../../lab/cluster/process";
import { deployer } from "../../lab/deploy";
import { apply } from "../../lab/kube";
import { deployerOptions } from "../../lab/mesh";
import { adminKubeconfig } from "../../lab/paths";
import { labProject } from "../../lab/project";
import { labClusters } from "../../lab/topology";
import type { Finding } from "../../mesh/finding";
import type { FindingsReport } from "../../mesh/findings-text";
import { openMesh } from "../../mesh/open";
import { preflight } from "../../mesh/preflight";
import { helmObjects, RELEASES } from "../../mesh/preflight/helm-objects";
import type { Project } from "../../mesh/project";
import { lab, mesh, up } from "./support";

const STAND_IN = ["--engine", "stand-in", "--with", "none"];
const NAME = "preflight-test";
/** The API server looks at an APIService, and a kubelet at its node, every few seconds. */
const SETTLE_MS = 20_000;

const look = async (project: Project = labProject(), timeoutSeconds = 10): Promise<Finding[]> =>
  preflight(await openMesh(project), { signal: new AbortController().signal, timeoutSeconds });

/** `error foreign-istio nhn` and the sentence, of everything that isn't in order. */
const wrong = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ severity, check, cluster, peer, what }) =>
      [[severity, check, cluster, peer].filter(Boolean).join(" "), what].join(": "),
    );

interface Item extends KubernetesObject {
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** An object of somebody else's in nhn, for as long as `work` takes. */
async function withObjects<T>(objects: readonly Item[], work: () => Promise<T>): Promise<T> {
  const client = await clientFor(adminKubeconfig("nhn"));
  try {
    await apply(client, objects);
    return await work();
  } finally {
    for (const object of objects.toReversed()) {
      await client.objects.delete(object).catch(() => undefined);
    }
  }
}

/** The lab's project with another configuration of one stack, in a folder of its own. */
async function withConfig<T>(
  stack: string,
  change: (config: Record<string, unknown>) => Record<string, unknown>,
  work: (project: Project) => Promise<T>,
): Promise<T> {
  const project = labProject();
  const dir = await mkdtemp(join(tmpdir(), "preflight-"));
  try {
    const files = (await readdir(project.dir)).filter((file) => file.endsWith(".yaml"));
    await Promise.all(files.map((file) => copyFile(join(project.dir, file), join(dir, file))));
    const path = join(dir, `Pulumi.${stack}.yaml`);
    const document = parse(await readFile(path, "utf8")) as { config: Record<string, unknown> };
    await writeFile(path, stringify({ ...document, config: change(document.config) }));
    return await work({ ...project, dir });
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The text of a kubeconfig of nhn with another user. */
async function kubeconfigOf(user: Record<string, unknown>): Promise<string> {
  const kubeconfig = parse(await readFile(adminKubeconfig("nhn"), "utf8")) as {
    users: { name: string; user: unknown }[];
  };
  return stringify({
    ...kubeconfig,
    users: kubeconfig.users.map(({ name }) => ({ name, user })),
  });
}

const namespace = (name: string, labels: Record<string, string> = {}): Item => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

const webhooks = (kind: "Mutating" | "Validating", webhook: object, labels = {}): Item => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: `${kind}WebhookConfiguration`,
  metadata: { name: NAME, labels },
  webhooks: [
    {
      name: "webhook.preflight.test",
      admissionReviewVersions: ["v1"],
      sideEffects: "None",
      clientConfig: { service: { namespace: NAME, name: "nobody" } },
      ...webhook,
    },
  ],
});

interface Fault {
  readonly name: string;
  readonly objects: readonly Item[];
  /** `error foreign-istio nhn`, and what the sentence says. */
  readonly expected: readonly (readonly [where: string, sentence: RegExp])[];
}

const FAULTS: readonly Fault[] = [
  {
    name: "an istiod of other hands",
    objects: [
      namespace(`${NAME}-istiod`),
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: {
          name: "istiod-canary",
          namespace: `${NAME}-istiod`,
          labels: { app: "istiod", "istio.io/rev": "canary" },
        },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: "istiod" } },
          template: {
            metadata: { labels: { app: "istiod" } },
            spec: { containers: [{ name: "discovery", image: "none" }] },
          },
        },
      },
    ],
    expected: [
      [
        "warning foreign-istio nhn",
        /preflight-test-istiod\/istiod-canary, revision canary, made by /,
      ],
    ],
  },
  {
    name: "an injector beside ours",
    objects: [
      webhooks(
        "Mutating",
        {
          failurePolicy: "Ignore",
          namespaceSelector: { matchLabels: { "istio-injection": "enabled" } },
          objectSelector: { matchLabels: { [NAME]: "true" } },
          rules: [
            { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"] },
          ],
        },
        { app: "sidecar-injector" },
      ),
    ],
    expected: [["error foreign-istio nhn", /preflight-test would put another Istio's sidecars/]],
  },
  {
    name: "a webhook with nobody behind it",
    objects: [
      webhooks("Validating", {
        failurePolicy: "Fail",
        // A kind that nobody makes meanwhile.
        rules: [
          {
            apiGroups: ["admissionregistration.k8s.io"],
            apiVersions: ["v1"],
            resources: ["validatingadmissionpolicybindings"],
            operations: ["CREATE"],
          },
        ],
      }),
    ],
    expected: [["error admission-webhooks nhn", /its service preflight-test\/nobody has no ready/]],
  },
  {
    name: "a remote secret for a stranger",
    objects: [
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
          name: NAME,
          namespace: "istio-system",
          labels: { "istio/multiCluster": "true" },
          annotations: { "networking.istio.io/cluster": "stranger" },
        },
      },
    ],
    expected: [["warning remote-secrets nhn", /by preflight-test \(stranger\)/]],
  },
  {
    name: "a Helm release that was left half-way",
    objects: [
      {
        apiVersion: "v1",
        kind: "Secret",
        type: "helm.sh/release.v1",
        metadata: {
          name: `sh.helm.release.v1.istiod.v99`,
          namespace: "istio-system",
          labels: { owner: "helm", name: "istiod", status: "pending-upgrade", version: "99" },
        },
      },
    ],
    expected: [["warning helm-releases nhn", /release istiod is pending-upgrade/]],
  },
  {
    name: "an aggregated API that is gone",
    objects: [
      {
        apiVersion: "apiregistration.k8s.io/v1",
        kind: "APIService",
        metadata: { name: "v1.preflight.test" },
        spec: {
          group: "preflight.test",
          version: "v1",
          groupPriorityMinimum: 100,
          versionPriority: 100,
          service: { namespace: "default", name: "nobody" },
        },
      },
    ],
    expected: [["warning aggregated-apis nhn", /v1\.preflight\.test doesn't answer/]],
  },
  {
    name: "a policy that does without mTLS, and nothing wrong with a namespace that istio-cni's pods may enter",
    objects: [
      namespace(NAME, {
        "istio-injection": "enabled",
        "pod-security.kubernetes.io/enforce": "restricted",
      }),
      {
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        metadata: { name: "plain", namespace: NAME },
        spec: { mtls: { mode: "DISABLE" } },
      },
    ],
    expected: [
      ["warning mtls-exceptions nhn", /PeerAuthentication preflight-test\/plain turns mTLS off/],
    ],
  },
  {
    name: "two default storage classes",
    objects: ["a", "b"].map((name) => ({
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {
        name: `${NAME}-${name}`,
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "kubernetes.io/no-provisioner",
    })),
    expected: [["warning storage-class nhn", /preflight-test-a .* are all default classes/]],
  },
];

describe("preflight on the lab", () => {
  before(async () => {
    await up(...STAND_IN);
  });
  after(async () => {
    await lab("down");
  });

  it("finds nothing wrong with a mesh that works, and says so in one document", async () => {
    const { exitCode, stdout, seconds } = await mesh("--json", "preflight", "--strict");
    const { findings, counts } = JSON.parse(stdout) as FindingsReport;
    assert.deepEqual(wrong(findings), []);
    assert.equal(exitCode, 0);
    assert(counts.ok > 50);
    assert(seconds < 15, `took ${seconds} s`);
  });

  it("knows every object that the charts have made, but for those that go by their gateway's name", async () => {
    for (const cluster of ["ncloud", "nhn"]) {
      const { objects } = await clientFor(adminKubeconfig(cluster));
      const list = async (apiVersion: string, kind: string): Promise<string[]> =>
        (await objects.list<KubernetesObject>(apiVersion, kind)).items
          .filter(({ metadata }) =>
            RELEASES.some(
              (release) => release === metadata?.annotations?.["meta.helm.sh/release-name"],
            ),
          )
          .map(({ metadata }) => `${kind} ${metadata?.name}`);
      const made = await Promise.all([
        list("rbac.authorization.k8s.io/v1", "ClusterRole"),
        list("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        list("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"),
        list("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
      ]);
      const known = helmObjects({ istioCni: "install" }).map(
        ({ kind, path }) => `${kind} ${path.split("/").at(-1)}`,
      );
      assert.deepEqual(
        made.flat().filter((name) => !known.includes(name)),
        [],
      );
    }
  });

  for (const { name, objects, expected } of FAULTS) {
    it(`finds ${name}`, () =>
      withObjects(objects, async () => {
        const deadline = Date.now() + SETTLE_MS;
        let found = wrong(await look());
        while (found.length < expected.length && Date.now() < deadline) {
          await sleep(1000);
          found = wrong(await look());
        }
        assert.deepEqual(
          found.map((text) => text.split(": ")[0]).sort(),
          expected.map(([where]) => where).sort(),
          found.join("\n"),
        );
        for (const [, sentence] of expected) {
          assert(
            found.some((text) => sentence.test(text)),
            found.join("\n"),
          );
        }
      }));
  }

  it("finds a release's object in the hands of another", async () => {
    const { objects } = await clientFor(adminKubeconfig("nhn"));
    const { PatchStrategy } = await import("@kubernetes/client-node");
    const owner = (release: string) =>
      objects.patch(
        {
          apiVersion: "rbac.authorization.k8s.io/v1",
          kind: "ClusterRole",
          metadata: {
            name: "istiod-clusterrole-istio-system",
            annotations: { "meta.helm.sh/release-name": release },
          },
        },
        undefined,
        undefined,
        undefined,
        undefined,
        PatchStrategy.MergePatch,
      );
    await owner("istio");
    try {
      assert.deepEqual(wrong(await look()), [
        "error helm-ownership nhn: Objects that Istio's charts create are there already, 1 made by Helm release istio-system/istio: ClusterRole istiod-clusterrole-istio-system.",
      ]);
    } finally {
      await owner("istiod");
    }
  });

  it("finds that two kubeconfigs lead to one cluster", () =>
    withConfig(
      "nhn",
      (config) => ({
        ...config,
        "mesh:kubeconfigs": { nhn: adminKubeconfig("ncloud"), ncloud: adminKubeconfig("ncloud") },
      }),
      async (project) => {
        const found = wrong(await look(project)).filter((text) => /cluster-identity/.test(text));
        assert.deepEqual(found, [
          "error cluster-identity nhn: mesh:kubeconfigs.nhn of stack nhn leads to the same cluster as mesh:kubeconfigs.ncloud of stack ncloud.",
          "error cluster-identity ncloud nhn: mesh:kubeconfigs.nhn of stack ncloud leads to an unknown cluster, not to nhn.",
        ]);
      },
    ));

  it("finds that a token is refused, and says just that of the cluster", async () => {
    const kubeconfig = await kubeconfigOf({ token: "not-a-token" });
    await withConfig(
      "ncloud",
      (config) => ({
        ...config,
        "mesh:kubeconfigs": { ncloud: adminKubeconfig("ncloud"), nhn: kubeconfig },
      }),
      async (project) => {
        const found = wrong(await look(project));
        assert.equal(found.length, 1, found.join("\n"));
        assert.match(
          found[0] ?? "",
          /^error api-server ncloud nhn: .* \(mesh:kubeconfigs\.nhn of stack ncloud\) doesn't know the kubeconfig's user/,
        );
      },
    );
  });

  it("finds what a ServiceAccount without rights may neither do nor see", async () => {
    const account: Item = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: NAME, namespace: "default" },
    };
    await withObjects([account], async () => {
      const { core } = await clientFor(adminKubeconfig("nhn"));
      const { status } = await core.createNamespacedServiceAccountToken({
        namespace: "default",
        name: NAME,
        body: {
          apiVersion: "authentication.k8s.io/v1",
          kind: "TokenRequest",
          spec: { audiences: [], expirationSeconds: 600 },
        },
      });
      const kubeconfig = await kubeconfigOf({ token: status?.token });
      await withConfig(
        "ncloud",
        (config) => ({
          ...config,
          "mesh:kubeconfigs": { ncloud: adminKubeconfig("ncloud"), nhn: kubeconfig },
        }),
        async (project) => {
          const found = wrong(await look(project));
          const place = (text: string): string => text.split(": ")[0] ?? "";
          assert.deepEqual([...new Set(found.map(place))].sort(), [
            "error permissions ncloud nhn",
            "warning kubeconfig-login ncloud nhn",
            "warning permissions ncloud nhn",
          ]);
          assert(
            found.some((text) =>
              /may not get\/list\/watch\/create\/update\/patch\/delete namespaces/.test(text),
            ),
            found.join("\n"),
          );
        },
      );
    });
  });

  it("finds that a peer's address isn't one that its istiod could use", () =>
    withConfig(
      "ncloud",
      (config) => ({
        ...config,
        "mesh:clusters": (config["mesh:clusters"] as { name: string }[]).map((cluster) =>
          cluster.name === "nhn" ? { ...cluster, apiServer: "https://198.18.0.200:6443" } : cluster,
        ),
      }),
      async (project) => {
        const found = wrong(await look(project));
        assert.deepEqual(found.map((text) => text.split(": ")[0]).sort(), [
          "error stacks-agree",
          "warning peer-api-server ncloud nhn",
        ]);
      },
    ));

  it("says one thing of a cluster that is silent, and everything of the other", async () => {
    const server = await runningProcess("nhn", "kube-apiserver");
    assert(server !== undefined);
    process.kill(server.pid, "SIGSTOP");
    try {
      const findings = await look(labProject(), 3);
      const found = wrong(findings);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(
        found[0] ?? "",
        /^error api-server nhn: .* doesn't answer: no answer within 3 s/,
      );
      assert(
        findings.some(({ check, cluster }) => check === "permissions" && cluster === "ncloud"),
      );
    } finally {
      process.kill(server.pid, "SIGCONT");
    }
  });

  it("finds nothing wrong with clusters on which nothing is yet", async () => {
    const engine = await deployer("stand-in", await deployerOptions(labClusters(2)));
    for (const stack of ["ncloud", "nhn", "trust"]) {
      await engine.destroy(stack, () => undefined, new AbortController().signal);
    }
    const findings = await look();
    assert.deepEqual(wrong(findings), []);
    assert(findings.some(({ check, what }) => check === "foreign-istio" && /No Istio/.test(what)));
  });
});
