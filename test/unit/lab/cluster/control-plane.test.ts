import assert from "node:assert/strict";
import { basename } from "node:path";
import {
  apiServer,
  AUTHENTICATION_CONFIG,
  controllerManager,
  etcd,
  processOf,
  scheduler,
} from "../../../../lab/cluster/control-plane";
import { clusterFiles } from "../../../../lab/cluster/layout";
import { kubelet, kubeProxy } from "../../../../lab/cluster/node";
import { AUTHORITIES, certificatePlans } from "../../../../lab/cluster/certificates";
import { labClusters, type LabCluster } from "../../../../lab/topology";
import { toolchain } from "./toolchain";

const [cluster] = labClusters(1) as [LabCluster];
const components = [etcd, apiServer, controllerManager, scheduler, kubelet, kubeProxy].map(
  (component) => component(cluster),
);

describe("the control plane", () => {
  it("reads only credentials that the PKI makes", () => {
    const { pki } = clusterFiles(cluster.name);
    const made = new Set([
      ...[...AUTHORITIES, ...certificatePlans(cluster).map(({ file }) => file)].flatMap((name) => [
        `${name}.crt`,
        `${name}.key`,
      ]),
      "service-account.key",
      "service-account.pub",
    ]);
    const read = components
      .flatMap(({ flags, inputs }) => [...Object.values(flags), ...inputs])
      .filter((value) => value.startsWith(`${pki}/`))
      .map((path) => basename(path));
    assert(read.length > 20);
    assert.deepEqual(
      read.filter((name) => !made.has(name)),
      [],
    );
  });

  it("authorizes by Node and RBAC, and anonymous callers only ask for its health", () => {
    const { flags } = apiServer(cluster);
    assert.equal(flags["authorization-mode"], "Node,RBAC");
    assert.equal(flags["enable-admission-plugins"], "NodeRestriction");
    assert.deepEqual(
      AUTHENTICATION_CONFIG.anonymous.conditions.map(({ path }) => path),
      ["/livez", "/readyz", "/healthz"],
    );
  });

  it("verifies kubelets, and accepts one aggregating proxy only", () => {
    const { flags } = apiServer(cluster);
    assert(flags["kubelet-certificate-authority"]?.endsWith("/ca.crt"));
    assert(flags["requestheader-client-ca-file"]?.endsWith("/front-proxy-ca.crt"));
    assert.equal(flags["requestheader-allowed-names"], "front-proxy-client");
  });

  it("opens etcd to the API server's certificate only", () => {
    const { flags } = etcd(cluster);
    assert.equal(flags["client-cert-auth"], "true");
    assert.equal(flags["listen-client-urls"], apiServer(cluster).flags["etcd-servers"]);
    assert(flags["trusted-ca-file"]?.endsWith("/etcd-ca.crt"));
  });

  it("starts each component in its cluster's own namespaces", () => {
    const spec = processOf(cluster, etcd(cluster), toolchain);
    assert.deepEqual(spec.namespaces, { netns: cluster.netns, mounts: cluster.name });
    assert.equal(spec.command[0], toolchain.binaries.etcd);
    assert(spec.command.includes("--client-cert-auth=true"));
  });
});
