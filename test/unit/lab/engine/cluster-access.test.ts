import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { clusterAccess, kubeconfigFor } from "../../../../lab/engine/cluster-access";
import { temporaryFolder } from "./support";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

const kubeconfig = (user: object): string =>
  stringify({
    clusters: [
      {
        name: "a",
        cluster: { server: "https://a:6443", "certificate-authority-data": base64("CA") },
      },
      { name: "b", cluster: { server: "https://b:6443", "insecure-skip-tls-verify": true } },
    ],
    users: [{ name: "u", user }],
    contexts: [
      { name: "in-a", context: { cluster: "a", user: "u" } },
      { name: "in-b", context: { cluster: "b", user: "u" } },
    ],
    "current-context": "in-a",
  });

describe("clusterAccess", () => {
  const folder = temporaryFolder();
  const certificate = {
    "client-certificate-data": base64("CERT"),
    "client-key-data": base64("KEY"),
  };

  it("reads client certificates and tokens of the current context", () => {
    assert.deepEqual(clusterAccess(kubeconfig(certificate), undefined, "it"), {
      server: "https://a:6443",
      ca: "CA",
      cert: "CERT",
      key: "KEY",
    });
    assert.equal(clusterAccess(kubeconfig({ token: "t" }), undefined, "it").token, "t");
  });

  it("reads another context when told so, and a file when given its path", () => {
    const file = join(folder.path, "kubeconfig");
    writeFileSync(file, kubeconfig({ token: "t" }));
    assert.deepEqual(clusterAccess(file, "in-b", "it"), {
      server: "https://b:6443",
      token: "t",
      insecure: true,
    });
  });

  it("survives the way through a kubeconfig for helm", () => {
    for (const user of [certificate, { token: "t" }]) {
      for (const context of ["in-a", "in-b"]) {
        const access = clusterAccess(kubeconfig(user), context, "it");
        assert.deepEqual(clusterAccess(kubeconfigFor(access), undefined, "it"), access);
      }
    }
  });

  it("refuses what it can't use in one sentence", () => {
    assert.throws(() => clusterAccess(kubeconfig({ exec: { command: "x" } }), undefined, "it"), {
      message:
        "it authenticates by \"exec\", which the lab's engine can't: use a client certificate or a token",
    });
    assert.throws(() => clusterAccess(join(folder.path, "none"), undefined, "it"), {
      message: `it is the file ${join(folder.path, "none")}, which can't be read: correct the path`,
    });
    assert.throws(
      () => clusterAccess("nonsense", undefined, "it"),
      /^UserError: it is not a kubeconfig/,
    );
  });
});
