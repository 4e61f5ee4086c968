import assert from "node:assert/strict";
import { UserError } from "../../../config/errors";
import type { ClusterConfig } from "../../../config/model";
import { parseConfig } from "../../../config/parse";
import { schema } from "../../../config/schema";
import { kubeconfig, rawConfig } from "../../support/config";

const NAMES = ["ncloud", "nhn"];

const parseCluster = (over: Record<string, unknown> = {}, stack = "ncloud"): ClusterConfig => {
  const config = parseConfig(rawConfig(NAMES, over), stack);
  assert(config.kind === "cluster");
  return config;
};

describe("parseConfig", () => {
  it("takes the stack called like trustStack for the trust stack, which needs no kubeconfig", () => {
    const config = parseConfig({ clusters: [{ name: "ncloud" }, { name: "nhn" }] }, "trust");
    assert.equal(config.kind, "trust");
    assert.deepEqual(
      config.mesh.clusters.map(({ id }) => id),
      NAMES,
    );
  });

  it("gives a cluster its own name as its network, and every other cluster as a peer", () => {
    const { self, peers } = parseCluster();
    assert.equal(self.network, "ncloud");
    assert.deepEqual(
      peers.map((peer) => [peer.kind, peer.cluster.id]),
      [["managed", "nhn"]],
    );
  });

  it("takes mesh:cluster over the stack's name", () => {
    assert.equal(parseCluster({ cluster: "nhn" }, "production-nhn").self.id, "nhn");
  });

  it("takes the peer's server from apiServer, else from its kubeconfig", () => {
    const server = (over: Record<string, unknown>): string => {
      const [peer] = parseCluster(over).peers;
      assert(peer?.kind === "managed");
      return peer.server;
    };
    assert.equal(server({}), "https://192.0.2.2:6443");
    assert.equal(
      server({ clusters: [{ name: "ncloud" }, { name: "nhn", apiServer: "https://api.nhn" }] }),
      "https://api.nhn",
    );
  });

  it("makes no reader on a peer whose ready-made kubeconfig it is given", () => {
    const { peers } = parseCluster({
      kubeconfigs: { ncloud: kubeconfig("https://192.0.2.1") },
      remoteKubeconfigs: { nhn: kubeconfig("https://192.0.2.2") },
    });
    assert.deepEqual(
      peers.map(({ kind }) => kind),
      ["provided"],
    );
  });

  it("lets an unsupported pair of versions pass only when told to", () => {
    const clusters = [{ name: "ncloud", kubernetesVersion: "1.29.4" }, { name: "nhn" }];
    assert.throws(() => parseCluster({ clusters }), /1\.32 to 1\.36/);
    assert.equal(
      parseCluster({ clusters, allowUnsupportedVersions: true }).istio.version,
      "1.31.1",
    );
  });

  describe("refuses bad input in one sentence that says where, what and what instead", () => {
    const cases: [
      title: string,
      over: Record<string, unknown>,
      sentence: string,
      stack?: string,
    ][] = [
      [
        "a cluster name of the kubeconfig's making",
        { clusters: [{ name: "nks_kr_portal_1" }] },
        'mesh:clusters[0].name must be a DNS-1123 label of at most 43 characters, got "nks_kr_portal_1": write nks-kr-portal-1',
      ],
      [
        "an upper-case name",
        { clusters: [{ name: "NHN" }] },
        'mesh:clusters[0].name must be a DNS-1123 label of at most 43 characters, got "NHN": write nhn',
      ],
      [
        "no clusters at all",
        { clusters: undefined },
        "mesh:clusters must be a list, got nothing: set it",
      ],
      [
        "an empty list of clusters",
        { clusters: [] },
        "mesh:clusters must be a list of at least 1, got []: write more",
      ],
      [
        "a cluster without a name",
        { clusters: [{ cloud: "nhn" }] },
        "mesh:clusters[0].name must be a text, got nothing: set it",
      ],
      [
        "an unknown cloud",
        { clusters: [{ name: "a", cloud: "naver" }] },
        'mesh:clusters[0].cloud must be ncloud or nhn or gke or minikube or generic or lab, got "naver": write ncloud or nhn or gke or minikube or generic or lab',
      ],
      [
        "an unknown property of a cluster",
        { clusters: [{ name: "a", region: "kr" }] },
        'mesh:clusters[0] must be made of known properties, got {"name":"a","region":"kr"}: remove region',
      ],
      [
        "two clusters of one name",
        { clusters: [{ name: "nhn" }, { name: "nhn" }] },
        'mesh:clusters[1].name must be another name than those of the clusters before it, got "nhn": give each cluster its own name',
      ],
      [
        "two clusters on one network",
        {
          clusters: [
            { name: "ncloud", network: "n" },
            { name: "nhn", network: "n" },
          ],
        },
        'mesh:clusters[1].network must be another network than those of the clusters before it, got "n": give each cluster its own network, the pods of two networks meet at gateways only',
      ],
      [
        "a cluster called like the trust stack",
        { clusters: [{ name: "trust" }, { name: "nhn" }] },
        'mesh:clusters[0].name must be another name than the trust stack\'s, got "trust": rename the cluster, or the trust stack in mesh:trustStack',
      ],
      [
        "a stack that is no cluster",
        {},
        'mesh:cluster must be a name from mesh:clusters, got "dev": write ncloud or nhn, or call the stack so',
        "dev",
      ],
      [
        "a mistyped key",
        { mtlsMode: "STRICT" },
        `mesh:mtlsMode is not a configuration key: remove it, or write one of ${Object.keys(schema).join(", ")}`,
      ],
      [
        "a value outside a choice",
        { mtls: "OFF" },
        'mesh:mtls must be STRICT or PERMISSIVE, got "OFF": write STRICT or PERMISSIVE',
      ],
      [
        "a text for a boolean",
        { echo: "yes" },
        'mesh:echo must be true or false, got "yes": write true or false',
      ],
      [
        "a fraction of a day",
        { pki: { rootDays: 1.5 } },
        "mesh:pki.rootDays must be a whole number, got 1.5: write a whole number",
      ],
      [
        "an intermediate that outlives its root",
        { pki: { rootDays: 100, intermediateDays: 200 } },
        "mesh:pki.intermediateDays must be fewer than rootDays (100), got 200: shorten the intermediates or lengthen the root",
      ],
      [
        "a renewal that never ends",
        { pki: { intermediateDays: 30, renewBeforeDays: 30 } },
        "mesh:pki.renewBeforeDays must be fewer than intermediateDays (30), got 30: shorten it, or every `up` would sign anew",
      ],
      [
        "a signer that nobody trusts",
        { pki: { roots: [1], signer: 2 } },
        "mesh:pki.signer must be one of mesh:pki.roots, got 2: write 1, or add it to the roots first",
      ],
      [
        "a root named twice",
        { pki: { roots: [1, 1] } },
        "mesh:pki.roots must be different numbers, got [1,1]: name each root once",
      ],
      [
        "an intermediate of no cluster",
        { pki: { intermediates: { gke: 2 } } },
        'mesh:pki.intermediates.gke must be about a cluster of mesh:clusters, got "gke": write ncloud or nhn, or remove it',
      ],
      [
        "an Istio outside the support matrix",
        { istioVersion: "1.24.0" },
        "mesh:istioVersion 1.24.0 is not supported: write a version of Istio 1.30 or 1.31, or set mesh:allowUnsupportedVersions to true",
      ],
      [
        "a Kubernetes that this Istio does not support",
        { clusters: [{ name: "ncloud", kubernetesVersion: "v1.28.1" }, { name: "nhn" }] },
        "Cluster ncloud runs Kubernetes v1.28.1, which Istio 1.31.1 does not support: use Kubernetes 1.32 to 1.36, or set mesh:allowUnsupportedVersions to true",
      ],
      [
        "a missing kubeconfig of its own",
        { kubeconfigs: { nhn: kubeconfig("https://192.0.2.2") } },
        "mesh:kubeconfigs.ncloud is missing, and ncloud this stack deploys: run pulumi config set --secret --path 'mesh:kubeconfigs.ncloud' < its kubeconfig",
      ],
      [
        "a missing kubeconfig of a peer",
        { kubeconfigs: { ncloud: kubeconfig("https://192.0.2.2") } },
        "mesh:kubeconfigs.nhn is missing, and nhn is a peer of this stack's: run pulumi config set --secret --path 'mesh:kubeconfigs.nhn' < its kubeconfig",
      ],
      [
        "a kubeconfig of no cluster",
        rawConfig([...NAMES, "gke"], { clusters: [{ name: "ncloud" }, { name: "nhn" }] }),
        'mesh:kubeconfigs.gke must be about a cluster of mesh:clusters, got "gke": write ncloud or nhn, or remove it',
      ],
      [
        "a peer that only its own machine can reach",
        {
          kubeconfigs: {
            ncloud: kubeconfig("https://192.0.2.1"),
            nhn: kubeconfig("https://127.0.0.1:6443"),
          },
        },
        "mesh:kubeconfigs.nhn has the API server https://127.0.0.1:6443, which the other clusters can't reach: set apiServer of that cluster in mesh:clusters",
      ],
      [
        "a text that is no kubeconfig",
        { kubeconfigs: { ncloud: "hello", nhn: kubeconfig("https://192.0.2.2") } },
        "mesh:kubeconfigs.ncloud is not a kubeconfig (the whole text is wrong or missing): give its text, or the path of its file starting with / or ./",
      ],
      [
        "a kubeconfig that points to files",
        {
          kubeconfigs: {
            ncloud: kubeconfig("https://192.0.2.1", { "client-certificate": "c.pem" }),
            nhn: kubeconfig("https://192.0.2.2"),
          },
        },
        "mesh:kubeconfigs.ncloud points to a file (client-certificate), which only exists on one machine: embed it with kubectl config view --flatten --minify",
      ],
      [
        "two ways to one peer",
        { remoteKubeconfigs: { nhn: kubeconfig("https://192.0.2.2") } },
        "mesh:kubeconfigs.nhn and mesh:remoteKubeconfigs.nhn are both set: keep the first to let this stack make its reader on nhn, or the second to use a ready-made one",
      ],
      [
        "a ready-made kubeconfig with an exec plugin",
        {
          kubeconfigs: { ncloud: kubeconfig("https://192.0.2.1") },
          remoteKubeconfigs: {
            nhn: kubeconfig("https://192.0.2.2", { exec: { command: "ncp-iam-authenticator" } }),
          },
        },
        'mesh:remoteKubeconfigs.nhn authenticates by "exec", which istiod refuses: use a ServiceAccount token',
      ],
      [
        "a peer that is the cluster itself",
        { remoteKubeconfigs: { ncloud: kubeconfig("https://192.0.2.1") } },
        "mesh:remoteKubeconfigs.ncloud makes ncloud a peer of itself: remove it",
      ],
      [
        "half a CA",
        { cacerts: { caCert: "-----BEGIN CERTIFICATE-----" } },
        "mesh:cacerts lacks caKey, rootCert, certChain: set all of caCert, caKey, rootCert, certChain, or none to use the trust stack",
      ],
      [
        "a CA file that is no PEM, without repeating it",
        { cacerts: { caKey: "hunter2" } },
        'mesh:cacerts.caKey must be a PEM text, got "(secret)": paste the whole file',
      ],
      [
        "an API server without TLS",
        { clusters: [{ name: "ncloud" }, { name: "nhn", apiServer: "http://api" }] },
        'mesh:clusters[1].apiServer must be an https URL, got "http://api": write the address under which the peers reach the API server',
      ],
    ];
    for (const [title, over, sentence, stack] of cases) {
      it(title, () => {
        assert.throws(
          () => parseCluster(over, stack),
          (error) => {
            assert(error instanceof UserError, String(error));
            assert.equal(error.message, sentence);
            assert.equal(error.exitCode, 2);
            return true;
          },
        );
      });
    }
  });
});
