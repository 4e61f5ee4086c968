import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { stringify } from "yaml";
import { archiveOf, prepare } from "../../../../mesh/bundle/archive";
import { collectCluster, readSecrets } from "../../../../mesh/bundle/collect/cluster";
import type { Source } from "../../../../mesh/bundle/collect/folder";
import { meshNamespaces } from "../../../../mesh/bundle/collect/objects";
import { configOf, resourcesOf } from "../../../../mesh/bundle/collect/project";
import { pathOf, type Entry, type LeftOut } from "../../../../mesh/bundle/entry";
import { KnownSecrets } from "../../../../mesh/bundle/redact/known-secrets";
import { Redactor } from "../../../../mesh/bundle/redact/redactor";
import { ClusterApi } from "../../../../mesh/preflight/cluster-api";
import { clientFromText } from "../../../../kube/client";
import { asker } from "../../../../kube/request";
import { kubeconfig } from "../../../support/config";
import { FakeCluster } from "../../../support/fake-cluster";

/** One per place; none is a word of anything else. */
const PLANTED = {
  secret: "hunter2-in-a-secret",
  secretBinary: "Kx81-binary-secret",
  configMapKey: "QmFzZTY0S2V5TWF0ZXJpYWxPZkFDb25maWdNYXA",
  configMapPassword: "mesh-config-Passw0rd",
  applicationConfig: "application-owned-value-8341",
  env: "env-Value-77c1",
  annotation: "annotation-Tok3n-55",
  lastApplied: "applied-S3cret-91",
  logToken: "log-line-Tok3n-20",
  logBearer: "bearer-Tok3n-31aa",
  logJson: "json-log-Passw0rd-11",
  logUrl: "url-Passw0rd-64",
  kubeconfig: "kubeconfig-Tok3n-88",
  argument: "argument-Passw0rd-12",
  event: "event-Passw0rd-13",
  fromSecretInLog: "only-known-from-its-Secret",
} as const;

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const PEM = `-----BEGIN EC PRIVATE KEY-----\n${PLANTED.configMapKey}\n-----END EC PRIVATE KEY-----\n`;

const pod = (name: string, namespace: string, container: string) => ({
  metadata: {
    name,
    namespace,
    annotations: {
      note: `token=${PLANTED.annotation}`,
      "kubectl.kubernetes.io/last-applied-configuration": `{"x":"${PLANTED.lastApplied}"}`,
    },
  },
  spec: {
    containers: [
      {
        name: container,
        args: ["--password", PLANTED.argument],
        env: [
          { name: container === "shop" ? "PLAIN" : "API_TOKEN", value: PLANTED.env },
          { name: "DB_URL", value: `postgres://me:${PLANTED.logUrl}@db/x` },
        ],
      },
    ],
  },
  status: { containerStatuses: [{ name: container, restartCount: 1 }] },
});

const LOG = [
  "2026-01-02T03:04:05Z info Adding cluster nhn from secret istio-system/istio-remote-secret-nhn",
  `2026-01-02T03:04:06Z warn retry with token=${PLANTED.logToken}`,
  `> authorization: Bearer ${PLANTED.logBearer}`,
  `{"level":"info","request":{"password":"${PLANTED.logJson}"}}`,
  `dial redis://:${PLANTED.logUrl}@cache:6379 failed`,
  `plain words with ${PLANTED.fromSecretInLog} among them`,
  kubeconfig("https://192.0.2.1", { token: PLANTED.kubeconfig }),
].join("\n");

describe("a bundle", function () {
  this.timeout(20_000);
  let cluster: FakeCluster;
  let entries: Entry[];
  let leftOut: LeftOut[];
  let known: KnownSecrets;

  before(async () => {
    cluster = await FakeCluster.empty("ncloud");
    const list = (path: string, ...items: unknown[]) => cluster.replies.set(path, { items });
    const of = (namespace: string): string => `/api/v1/namespaces/${namespace}`;
    list(
      "/api/v1/namespaces",
      { metadata: { name: "istio-system" } },
      { metadata: { name: "shop", labels: { "istio-injection": "enabled" } } },
      { metadata: { name: "elsewhere" } },
    );
    list(`${of("istio-system")}/secrets`, {
      metadata: { name: "istio-remote-secret-nhn", namespace: "istio-system" },
      data: { nhn: base64(kubeconfig("https://192.0.2.2", { token: PLANTED.kubeconfig })) },
    });
    list(`${of("shop")}/secrets`, {
      metadata: { name: "db", namespace: "shop" },
      data: {
        password: base64(PLANTED.secret),
        file: base64(PLANTED.secretBinary),
        other: base64(PLANTED.fromSecretInLog),
      },
    });
    list(`${of("istio-system")}/configmaps`, {
      metadata: { name: "istio", namespace: "istio-system" },
      data: {
        mesh: stringify({
          trustDomain: "cluster.local",
          redis: { password: PLANTED.configMapPassword },
        }),
        "key.pem": PEM,
        note: `copied: ${PLANTED.secret} and ${base64(PLANTED.secretBinary)}`,
      },
    });
    list(`${of("shop")}/configmaps`, {
      metadata: { name: "shop", namespace: "shop" },
      data: { setting: PLANTED.applicationConfig },
    });
    list(`${of("istio-system")}/pods`, pod("istiod-1", "istio-system", "discovery"));
    list(`${of("shop")}/pods`, pod("shop-1", "shop", "shop"), pod("shop-2", "shop", "istio-proxy"));
    list(`${of("shop")}/events`, {
      metadata: { namespace: "shop", creationTimestamp: "2026-01-02T03:04:05Z" },
      reason: "Failed",
      message: `pull with password=${PLANTED.event}\nfailed`,
      involvedObject: { kind: "Pod", name: "shop-1" },
    });
    for (const path of ["istio-system/pods/istiod-1", "shop/pods/shop-1", "shop/pods/shop-2"]) {
      cluster.texts.set(`/api/v1/namespaces/${path}/log`, LOG);
    }
    cluster.replies.set("/apis/apps/v1/namespaces/shop/deployments", 403);

    const signal = new AbortController().signal;
    const client = await clientFromText(cluster.kubeconfig);
    const source: Source = {
      cluster: "ncloud",
      api: new ClusterApi(await asker(client, signal)),
      client: () => Promise.resolve(client),
    };
    entries = [];
    leftOut = [];
    known = new KnownSecrets((name) => name.startsWith("istio-"));
    for (const secret of await readSecrets(source)) {
      known.addSecret(secret as unknown as Record<string, unknown>);
    }
    await collectCluster(
      source,
      {
        add: (path, content) => entries.push({ path, content }),
        leaveOut: (what, why) => leftOut.push({ what, why }),
      },
      { signal, logLines: 100, applicationLogs: true, report: () => undefined },
    );
  });
  after(() => cluster.stop());

  const prepared = (maxBytes = 1e8) =>
    prepare(entries, { redactor: new Redactor(known), known, maxBytes });

  it("was collected with every secret in it", () => {
    const all = JSON.stringify(entries);
    const absent = Object.entries(PLANTED).filter(
      ([, value]) => !all.includes(value) && !all.includes(base64(value)),
    );
    // What the application keeps in its ConfigMap and environment isn't even collected.
    assert.deepEqual(
      absent
        .map(([place]) => place)
        .filter((place) => !["applicationConfig", "kubeconfig"].includes(place)),
      [],
    );
  });

  it("holds none of the secrets that were planted everywhere, in clear or as base64", async () => {
    const { files } = prepared();
    const unpacked = await unpack(await archiveOf("bundle", files));
    const everything = JSON.stringify(unpacked);
    for (const [place, value] of Object.entries(PLANTED)) {
      assert(!everything.includes(value), place);
      assert(!everything.includes(base64(value).replace(/.?=*$/, "")), `${place} in base64`);
    }
    assert(!everything.includes("PRIVATE KEY"));
  });

  it("holds what a helper looks for", async () => {
    const { files } = prepared();
    const unpacked = await unpack(await archiveOf("bundle", files));
    const at = (path: string): string => unpacked[`bundle/clusters/ncloud/${path}`] ?? "";
    assert.match(
      at("logs/istio-system/istiod-1/discovery.log"),
      /secret istio-system\/istio-remote-secret-nhn/,
    );
    assert.match(at("logs/istio-system/istiod-1/discovery.previous.log"), /warn retry/);
    assert.match(at("objects/istio-system/configmaps.json"), /trustDomain: cluster\.local/);
    assert.match(
      at("objects/shop/secrets.json"),
      /"name": "db"[\s\S]*"password": "\[removed\], 28 characters"/,
    );
    assert.match(at("objects/shop/configmaps.json"), /"setting": "28 characters"/);
    assert.match(
      at("objects/shop/pods.json"),
      /"name": "PLAIN",\s+"value": "\[the application's own\]"/,
    );
    assert.match(
      at("events.txt"),
      /Pod\/shop\/shop-1 {2}Failed {2}pull with password=\[removed\] failed/,
    );
    assert.match(at("version.json"), /v1\.33\.4/);
    assert.deepEqual(
      Object.keys(unpacked).filter((path) => path.includes("elsewhere")),
      [],
    );
  });

  it("says what is left out, and why", () => {
    assert.deepEqual(
      leftOut.filter(({ what }) => what.includes("deployments")),
      [
        {
          what: "ncloud: shop/deployments",
          why: "/apis/apps/v1/namespaces/shop/deployments is forbidden",
        },
      ],
    );
    const small = prepared(2000);
    assert(small.files.reduce((sum, { content }) => sum + content.length, 0) <= 2000);
    assert(small.leftOut.some(({ why }) => why.includes("--max-size")));
    assert.equal(small.files.length + small.leftOut.length, entries.length);
  });

  it("is not made of a cluster whose Secrets can't be read", async () => {
    const closed = await FakeCluster.empty("nhn");
    try {
      closed.replies.set("/api/v1/namespaces", {
        items: [{ metadata: { name: "istio-system" } }],
      });
      closed.replies.set("/api/v1/namespaces/istio-system/secrets", 403);
      const client = await clientFromText(closed.kubeconfig);
      const api = new ClusterApi(await asker(client, new AbortController().signal));
      await assert.rejects(
        readSecrets({ cluster: "nhn", api, client: () => Promise.resolve(client) }),
        /secrets is forbidden/,
      );
    } finally {
      await closed.stop();
    }
  });

  it("leaves a file out that still holds a secret after all", () => {
    const blind = { text: (text: string) => text, value: (value: unknown) => value } as Redactor;
    const { files, leftOut: dropped } = prepare(
      [{ path: "a.log", content: `x ${PLANTED.secret}` }],
      {
        redactor: blind,
        known,
        maxBytes: 1e6,
      },
    );
    assert.deepEqual([files, dropped], [[], [{ what: "a.log", why: "a secret was still in it" }]]);
  });

  it("keeps the end of a file that is too long", () => {
    const long = `${"old line\n".repeat(600_000)}the news\n`;
    const { files, leftOut: cut } = prepare([{ path: "a.log", content: long }], {
      redactor: new Redactor(known),
      known,
      maxBytes: 1e8,
    });
    assert.match(
      files[0]?.content ?? "",
      /^\[the beginning is left out\]\nold line[\s\S]*the news\n$/,
    );
    assert.deepEqual(cut, [{ what: "a.log: its beginning", why: "longer than 4 MiB" }]);
  });
});

describe("what a bundle says of the stacks", () => {
  it("is the configuration without kubeconfigs, keys and ciphertext", () => {
    const dir = mkdtempSync(join(tmpdir(), "mesh-bundle-"));
    try {
      writeFileSync(
        join(dir, "Pulumi.ncloud.yaml"),
        stringify({
          encryptionsalt: "v1:c2FsdA==:v1:abc",
          config: {
            "mesh:kubeconfigs": { ncloud: PLANTED.kubeconfig, nhn: { secure: "v1:aa:bb" } },
            "mesh:cacerts": { caKey: PEM },
            "mesh:trustStack": { secure: "v1:aa:bb" },
            "mesh:mtls": "STRICT",
          },
        }),
      );
      assert.deepEqual(configOf({ dir, env: {} }, "ncloud"), {
        "mesh:kubeconfigs": { ncloud: "[removed]", nhn: "[removed]" },
        "mesh:cacerts": { caKey: "[removed]" },
        "mesh:trustStack": "[removed]",
        "mesh:mtls": "STRICT",
      });
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("is the list of resources without what they hold", () => {
    const state = {
      resources: [
        {
          urn: "urn:a",
          type: "random:index:RandomPassword",
          id: "hunter2",
          outputs: { result: "hunter2" },
        },
      ],
      pending_operations: [
        { type: "creating", resource: { urn: "urn:b", type: "t", inputs: { x: "hunter2" } } },
      ],
    };
    const text = JSON.stringify(resourcesOf(state));
    assert.match(text, /urn:a.*creating.*urn:b/);
    assert(!text.includes("hunter2"));
  });
});

describe("the parts of a bundle", () => {
  it("are the mesh's namespaces, the system's first", () => {
    const namespace = (name: string, labels = {}) => ({ metadata: { name, labels } });
    assert.deepEqual(
      meshNamespaces([
        namespace("default"),
        namespace("echo"),
        namespace("istio-system"),
        namespace("mesh-peer-nhn"),
        namespace("shop", { "istio.io/rev": "canary" }),
        namespace("off", { "istio-injection": "disabled" }),
      ]),
      ["istio-system", "echo", "mesh-peer-nhn", "shop"],
    );
  });

  it("have paths that lead nowhere else", () => {
    assert.equal(pathOf("clusters", "../etc", "..", "a b"), "clusters/.._etc/_/a_b");
  });
});

async function unpack(archive: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const reader = extract();
  reader.end(gunzipSync(archive));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) {
      chunks.push(chunk as Buffer);
    }
    files[entry.header.name] = Buffer.concat(chunks).toString("utf8");
  }
  return files;
}
