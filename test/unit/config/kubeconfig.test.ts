import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import {
  activeContext,
  checkRemoteKubeconfig,
  isPath,
  remoteKubeconfig,
} from "../../../config/kubeconfig";
import { isDnsLabel } from "../../../config/names";
import { kubeconfig } from "../../support/config";

const access = {
  clusterId: "nhn",
  server: "https://192.0.2.2:6443",
  caData: "QQ==",
  token: "a.b.c",
};

describe("remoteKubeconfig", () => {
  it("is what istioctl create-remote-secret writes", () => {
    assert.deepEqual(parse(remoteKubeconfig(access)), {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "nhn",
          cluster: { "certificate-authority-data": "QQ==", server: "https://192.0.2.2:6443" },
        },
      ],
      contexts: [{ name: "nhn", context: { cluster: "nhn", user: "nhn" } }],
      "current-context": "nhn",
      users: [{ name: "nhn", user: { token: "a.b.c" } }],
    });
  });

  it("is accepted by the check for what istiod refuses, whatever the names and the token", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/).filter(isDnsLabel),
        fc.string({ minLength: 1 }),
        (clusterId, token) => {
          const text = remoteKubeconfig({ ...access, clusterId, token });
          assert.equal(checkRemoteKubeconfig(text, "x").server, access.server);
          assert.equal(activeContext(text, "x").user["token"], token);
        },
      ),
    );
  });
});

describe("checkRemoteKubeconfig", () => {
  const refused: [string, Record<string, unknown>][] = [
    ["exec", { exec: { command: "aws" } }],
    ["auth-provider", { "auth-provider": { name: "gcp" } }],
    ["tokenFile", { tokenFile: "/var/run/token" }],
    ["client-key", { "client-key": "/key.pem" }],
  ];
  for (const [way, user] of refused) {
    it(`refuses ${way}, naming it`, () => {
      assert.throws(
        () => checkRemoteKubeconfig(kubeconfig("https://192.0.2.1", user), "the peer's"),
        new RegExp(`the peer's .*${way}`),
      );
    });
  }

  it("lets OpenID Connect pass, the one provider that istiod knows", () => {
    const user = { "auth-provider": { name: "oidc" } };
    checkRemoteKubeconfig(kubeconfig("https://192.0.2.1", user), "x");
  });

  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"]) {
    it(`refuses ${host}, which means another machine to each reader`, () => {
      assert.throws(() => checkRemoteKubeconfig(kubeconfig(`https://${host}:6443`), "x"));
    });
  }
});

describe("activeContext", () => {
  it("refuses a current context that the file does not hold", () => {
    const text = kubeconfig("https://192.0.2.1").replace(
      "current-context: admin",
      "current-context: gone",
    );
    assert.throws(() => activeContext(text, "x"), /current-context "gone"/);
  });
});

describe("isPath", () => {
  it("tells a file's name from a file's text", () => {
    for (const path of ["/etc/kubeconfig", "./kubeconfig", "../kubeconfig", "~/.kube/nhn.yaml"]) {
      assert(isPath(path), path);
    }
    for (const text of ["apiVersion: v1\nkind: Config\n", "{}", "kubeconfig"]) {
      assert(!isPath(text), text);
    }
  });
});
