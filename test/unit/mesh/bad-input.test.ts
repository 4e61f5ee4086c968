import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { UserError } from "../../../config/errors";
import { openMesh } from "../../../mesh/open";
import { checkoutProject } from "../../../mesh/project";
import { kubeconfig } from "../../support/config";

/** A project folder to spoil: two clusters whose kubeconfigs are files in it. */
class Folder {
  readonly dir = mkdtempSync(join(tmpdir(), "mesh-bad-input-"));

  constructor() {
    this.write("Pulumi.yaml", readFileSync(join(checkoutProject().dir, "Pulumi.yaml"), "utf8"));
    this.write("ncloud.kubeconfig", kubeconfig("https://192.0.2.1:6443"));
    this.write("nhn.kubeconfig", kubeconfig("https://192.0.2.2:6443"));
    this.write("Pulumi.trust.yaml", "config: {}\n");
    for (const stack of ["ncloud", "nhn"]) {
      this.stack(stack, {});
    }
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.dir, file), text);
  }

  stack(stack: string, over: Readonly<Record<string, unknown>>): void {
    const kubeconfigs = Object.fromEntries(
      ["ncloud", "nhn"].map((name) => [name, join(this.dir, `${name}.kubeconfig`)]),
    );
    const config = { "mesh:kubeconfigs": kubeconfigs, ...over };
    this.write(`Pulumi.${stack}.yaml`, stringify({ config }));
  }

  /** Every file's content, and when it was written. */
  snapshot(): unknown {
    return readdirSync(this.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file, readFileSync(file, "utf8"), statSync(file).mtimeMs]);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true });
  }
}

const context = (over: Readonly<Record<string, unknown>>): string =>
  stringify({
    "current-context": "a",
    contexts: [{ name: "a", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server: "https://192.0.2.2" } }],
    users: [{ name: "u", user: { token: "t" } }],
    ...over,
  });

/** Writes the peer's kubeconfig, as the stack ncloud finds it. */
const peer =
  (text: string) =>
  (folder: Folder): void =>
    folder.write("nhn.kubeconfig", text);

const own =
  (over: Readonly<Record<string, unknown>>) =>
  (folder: Folder): void =>
    folder.stack("ncloud", over);

/** Gives the stack ncloud a ready-made reader's kubeconfig of nhn. */
const provided =
  (user: Readonly<Record<string, unknown>>, server = "https://192.0.2.2") =>
  (folder: Folder): void =>
    folder.stack("ncloud", {
      "mesh:kubeconfigs": { ncloud: join(folder.dir, "ncloud.kubeconfig") },
      "mesh:remoteKubeconfigs": { nhn: kubeconfig(server, user) },
    });

const clusters = (...entries: unknown[]): ((folder: Folder) => void) =>
  own({ "mesh:clusters": entries });

/** What is wrong, how it came about, and what the one sentence has to name. */
const CASES: readonly [string, (folder: Folder) => void, RegExp, string[]?][] = [
  // The project's files
  [
    "no stack files",
    (f) => ["trust", "ncloud", "nhn"].forEach((s) => rmSync(join(f.dir, `Pulumi.${s}.yaml`))),
    /has no file Pulumi\.<stack>\.yaml: add one/,
  ],
  [
    "a stack that has no file",
    () => undefined,
    /Stack gke has no file Pulumi\.gke\.yaml in .*: write ncloud or nhn or trust/,
    ["gke"],
  ],
  ["no project file", (f) => rmSync(join(f.dir, "Pulumi.yaml")), /Pulumi\.yaml/],
  [
    "a project without a name",
    (f) => f.write("Pulumi.yaml", "runtime: nodejs\n"),
    /has no name: name the project/,
  ],
  ["a project file that is no YAML", (f) => f.write("Pulumi.yaml", "name: [\n"), /Pulumi\.yaml/],
  [
    "a stack file that is no YAML",
    (f) => f.write("Pulumi.ncloud.yaml", "config: {\n"),
    /Pulumi\.ncloud\.yaml/,
  ],
  [
    "a stack that is no cluster of the mesh",
    (f) => f.stack("dev", {}),
    /mesh:cluster must be a name from mesh:clusters, got "dev"/,
  ],
  // Configuration
  [
    "a key that nobody knows",
    own({ "mesh:mtsl": "STRICT" }),
    /mesh:mtsl is not a configuration key/,
  ],
  ["a list where an object belongs", own({ "mesh:pki": [] }), /mesh:pki must be an object/],
  ["an object where a list belongs", own({ "mesh:clusters": {} }), /mesh:clusters must be a list/],
  [
    "a number where a text belongs",
    clusters({ name: 7 }),
    /mesh:clusters\[0\]\.name must be a text, got 7/,
  ],
  [
    "a name with a space",
    clusters({ name: "my cluster" }),
    /mesh:clusters\[0\]\.name .* write my-cluster/,
  ],
  ["a name that is too long", clusters({ name: "x".repeat(64) }), /at most 43 characters/],
  [
    "a name in Korean",
    clusters({ name: "네이버" }),
    /mesh:clusters\[0\]\.name must be a DNS-1123 label/,
  ],
  ["an empty name", clusters({ name: "" }), /mesh:clusters\[0\]\.name/],
  [
    "a network that is no label",
    clusters({ name: "ncloud", network: "Network_1" }, { name: "nhn" }),
    /mesh:clusters\[0\]\.network must be a DNS-1123 label/,
  ],
  [
    "an API server without https",
    clusters({ name: "ncloud" }, { name: "nhn", apiServer: "192.0.2.2" }),
    /mesh:clusters\[1\]\.apiServer must be an https URL/,
  ],
  [
    "a Kubernetes version of words",
    clusters({ name: "ncloud", kubernetesVersion: "latest" }, { name: "nhn" }),
    /mesh:clusters\[0\]\.kubernetesVersion/,
  ],
  [
    "a mesh ID with upper case",
    own({ "mesh:meshId": "Mesh1" }),
    /mesh:meshId must be a DNS-1123 label/,
  ],
  [
    "a trust domain with a scheme",
    own({ "mesh:trustDomain": "spiffe://cluster.local" }),
    /mesh:trustDomain/,
  ],
  ["an Istio version of words", own({ "mesh:istioVersion": "newest" }), /mesh:istioVersion/],
  [
    "an Istio that is too old",
    own({ "mesh:istioVersion": "1.28.0" }),
    /mesh:istioVersion 1\.28\.0 is not supported/,
  ],
  [
    "values of a chart that isn't ours",
    own({ "mesh:istioValues": { ztunnel: {} } }),
    /mesh:istioValues .* remove ztunnel/,
  ],
  [
    "no host that may cross",
    own({ "mesh:crossNetworkHosts": [] }),
    /mesh:crossNetworkHosts must be a list of at least 1/,
  ],
  [
    "a host with a scheme",
    own({ "mesh:crossNetworkHosts": ["https://a"] }),
    /mesh:crossNetworkHosts\[0\]/,
  ],
  ["a root of generation 0", own({ "mesh:pki": { roots: [0] } }), /mesh:pki\.roots\[0\]/],
  [
    "an intermediate of generation -1",
    own({ "mesh:pki": { intermediates: { nhn: -1 } } }),
    /mesh:pki\.intermediates\.nhn/,
  ],
  [
    "an unknown key algorithm",
    own({ "mesh:pki": { keyAlgorithm: "DSA" } }),
    /mesh:pki\.keyAlgorithm must be ECDSA-P256 or/,
  ],
  [
    "a CA without its key",
    own({ "mesh:cacerts": { caCert: "-----BEGIN CERTIFICATE-----" } }),
    /mesh:cacerts lacks caKey, rootCert, certChain/,
  ],
  [
    "a CA that is no PEM",
    own({ "mesh:cacerts": { caCert: "MIIB" } }),
    /mesh:cacerts\.caCert must be a PEM text/,
  ],
  // Kubeconfigs
  [
    "a kubeconfig whose file is gone",
    (f) => rmSync(join(f.dir, "nhn.kubeconfig")),
    /mesh:kubeconfigs\.nhn names the file .*nhn\.kubeconfig, which can't be read/,
  ],
  [
    "a kubeconfig that is a folder",
    own({ "mesh:kubeconfigs": { ncloud: "/", nhn: "/" } }),
    /mesh:kubeconfigs\.ncloud names the file \/, which can't be read/,
  ],
  [
    "a kubeconfig of a stranger",
    own({ "mesh:kubeconfigs": { gke: "x" } }),
    /mesh:kubeconfigs\.gke/,
  ],
  ["no kubeconfig at all", own({ "mesh:kubeconfigs": {} }), /mesh:kubeconfigs\.ncloud is missing/],
  ["an empty kubeconfig", peer(""), /mesh:kubeconfigs\.nhn/],
  ["a kubeconfig that is prose", peer("hello"), /mesh:kubeconfigs\.nhn is not a kubeconfig/],
  [
    "a kubeconfig of several documents",
    peer("---\na: 1\n---\nb: 2\n"),
    /mesh:kubeconfigs\.nhn is not a kubeconfig/,
  ],
  [
    "a kubeconfig without a current context",
    peer(context({ "current-context": "" })),
    /mesh:kubeconfigs\.nhn is not a kubeconfig \(current-context/,
  ],
  [
    "a current context that isn't in it",
    peer(context({ "current-context": "b" })),
    /current-context "b"/,
  ],
  ["a context whose cluster isn't in it", peer(context({ clusters: [] })), /current-context "a"/],
  ["a context whose user isn't in it", peer(context({ users: [] })), /current-context "a"/],
  [
    "a cluster without a server",
    peer(context({ clusters: [{ name: "c", cluster: {} }] })),
    /is not a kubeconfig \(clusters\.0\.cluster\.server/,
  ],
  [
    "a server that is no URL",
    peer(context({ clusters: [{ name: "c", cluster: { server: "nhn" } }] })),
    /clusters\.0\.cluster\.server/,
  ],
  [
    "a server on localhost",
    peer(kubeconfig("https://localhost:6443")),
    /mesh:kubeconfigs\.nhn has the API server https:\/\/localhost:6443/,
  ],
  [
    "a server on the loopback of IPv6",
    peer(kubeconfig("https://[::1]:6443")),
    /which the other clusters can't reach/,
  ],
  [
    "a CA beside the kubeconfig",
    peer(
      context({
        clusters: [
          {
            name: "c",
            cluster: { server: "https://192.0.2.2", "certificate-authority": "ca.crt" },
          },
        ],
      }),
    ),
    /points to a file \(certificate-authority\)/,
  ],
  [
    "a client certificate beside it",
    peer(kubeconfig("https://192.0.2.2", { "client-certificate": "c.crt" })),
    /points to a file \(client-certificate\)/,
  ],
  [
    "a client key beside it",
    peer(kubeconfig("https://192.0.2.2", { "client-key": "c.key" })),
    /points to a file \(client-key\)/,
  ],
  [
    "a token beside it",
    peer(kubeconfig("https://192.0.2.2", { tokenFile: "token" })),
    /points to a file \(tokenFile\)/,
  ],
  // Ready-made readers' kubeconfigs
  [
    "a reader that runs a program",
    provided({ exec: { command: "ncp-iam-authenticator" } }),
    /mesh:remoteKubeconfigs\.nhn authenticates by "exec"/,
  ],
  [
    "a reader that asks a cloud",
    provided({ "auth-provider": { name: "gcp" } }),
    /authenticates by "auth-provider"/,
  ],
  [
    "a reader on a loopback address",
    provided({ token: "t" }, "https://127.0.0.1"),
    /mesh:remoteKubeconfigs\.nhn has the API server/,
  ],
  [
    "a reader of oneself",
    (f) =>
      f.stack("ncloud", { "mesh:remoteKubeconfigs": { ncloud: kubeconfig("https://192.0.2.1") } }),
    /makes ncloud a peer of itself/,
  ],
  [
    "a reader and a kubeconfig for one peer",
    (f) =>
      f.stack("ncloud", { "mesh:remoteKubeconfigs": { nhn: kubeconfig("https://192.0.2.2") } }),
    /are both set: keep the first/,
  ],
];

describe("bad input", () => {
  for (const [title, spoil, sentence, names] of CASES) {
    it(`${title}: one sentence, exit code 2, nothing changed`, async () => {
      const folder = new Folder();
      try {
        spoil(folder);
        const before = folder.snapshot();
        await assert.rejects(openMesh({ dir: folder.dir, env: {} }, names), (error) => {
          assert(error instanceof UserError, String(error));
          assert.match(error.message, sentence);
          assert.doesNotMatch(error.message, /\n|\bat .*:\d+:\d+|undefined|\[object/);
          assert.equal(error.exitCode, 2);
          return true;
        });
        assert.deepEqual(folder.snapshot(), before);
      } finally {
        folder.remove();
      }
    });
  }

  it("is tried in at least 50 ways, and good input isn't refused", async () => {
    assert(CASES.length >= 50);
    const folder = new Folder();
    try {
      const { members, trust } = await openMesh({ dir: folder.dir, env: {} });
      assert.deepEqual(
        members.map(({ cluster }) => cluster.id),
        ["ncloud", "nhn"],
      );
      assert.equal(trust?.stack, "trust");
    } finally {
      folder.remove();
    }
  });
});
