import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubeconfig } from "../../../../lab/cluster/kubeconfig";
import {
  AUTHORITIES,
  certificatePlans,
  USERS,
  type PemFiles,
} from "../../../../lab/cluster/certificates";
import { issuePki } from "../../../../lab/cluster/pki";
import { labClusters, type LabCluster } from "../../../../lab/topology";

const [cluster] = labClusters(1) as [LabCluster];
const plans = certificatePlans(cluster);
const OID = { serverAuth: "1.3.6.1.5.5.7.3.1", clientAuth: "1.3.6.1.5.5.7.3.2" };

describe("the PKI of a cluster", () => {
  let pki: PemFiles;
  const certificate = (name: string): X509Certificate =>
    new X509Certificate(pki.get(`${name}.crt`) ?? "");

  before(async () => {
    pki = await issuePki(cluster);
  });

  it("passes openssl's strict verification for each certificate's purpose", () => {
    const folder = mkdtempSync(join(tmpdir(), "pki-"));
    try {
      pki.forEach((content, name) => writeFileSync(join(folder, name), content));
      for (const { file, authority, usages } of plans) {
        for (const usage of usages) {
          const purpose = usage === "serverAuth" ? "sslserver" : "sslclient";
          const args = ["-x509_strict", "-purpose", purpose, "-CAfile", `${authority}.crt`];
          execFileSync("openssl", ["verify", ...args, `${file}.crt`], { cwd: folder });
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is signed by the authority of the plan and by no other", () => {
    for (const { file, authority } of plans) {
      for (const other of AUTHORITIES) {
        const verified = certificate(file).verify(certificate(other).publicKey);
        assert.equal(verified, other === authority, `${file} by ${other}`);
      }
    }
  });

  it("gives each certificate its subject, its purposes and nothing more", () => {
    for (const { file, commonName, organization, usages } of plans) {
      const found = certificate(file);
      const group = organization === undefined ? [] : [`O=${organization}`];
      assert.deepEqual(found.subject.split("\n"), [...group, `CN=${commonName}`]);
      assert.deepEqual(
        found.keyUsage,
        usages.map((usage) => OID[usage]),
      );
      assert.equal(found.ca, false);
    }
  });

  it("makes the API server reachable by every name and address it is called by", () => {
    const found = certificate("kube-apiserver");
    for (const address of [cluster.nodeIp, cluster.kubernetesServiceIp, "127.0.0.1"]) {
      assert.equal(found.checkIP(address), address);
    }
    assert.equal(found.checkHost("kubernetes.default.svc"), "kubernetes.default.svc");
  });

  it("has a private key for every certificate that fits it", () => {
    for (const name of [...AUTHORITIES, ...plans.map(({ file }) => file)]) {
      assert(
        certificate(name).checkPrivateKey(createPrivateKey(pki.get(`${name}.key`) ?? "")),
        name,
      );
    }
  });

  it("has a service-account key pair that fits", () => {
    const derived = createPublicKey(pki.get("service-account.key") ?? "");
    const stored = createPublicKey(pki.get("service-account.pub") ?? "");
    assert(derived.equals(stored));
  });

  it("uses no serial number and no key twice", () => {
    const names = [...AUTHORITIES, ...plans.map(({ file }) => file)];
    const unique = (values: string[]): number => new Set(values).size;
    assert.equal(unique(names.map((name) => certificate(name).serialNumber)), names.length);
    assert.equal(unique(names.map((name) => pki.get(`${name}.key`) ?? "")), names.length);
  });

  it("gives only the administrator the group that bypasses authorization", () => {
    const masters = plans.filter(({ organization }) => organization === "system:masters");
    assert.deepEqual(
      masters.map(({ file }) => file),
      ["admin"],
    );
  });

  it("goes into kubeconfigs that need no other file", () => {
    for (const user of USERS) {
      const config = JSON.parse(kubeconfig(cluster, user, pki)) as {
        clusters: { cluster: Record<string, string> }[];
        users: { user: Record<string, string> }[];
      };
      const decode = (text = ""): string => Buffer.from(text, "base64").toString();
      assert.equal(config.clusters[0]?.cluster["server"], cluster.apiServer);
      assert.equal(
        decode(config.clusters[0]?.cluster["certificate-authority-data"]),
        pki.get("ca.crt"),
      );
      assert.equal(
        decode(config.users[0]?.user["client-certificate-data"]),
        pki.get(`${user}.crt`),
      );
      assert.equal(decode(config.users[0]?.user["client-key-data"]), pki.get(`${user}.key`));
    }
  });
});
