import assert from "node:assert/strict";
import { stringify } from "yaml";
import { judgeAddress } from "../../../../../mesh/preflight/checks/kubeconfig-address";
import type { Access } from "../../../../../mesh/preflight/check";
import { rawConfig } from "../../../../support/config";
import { said, viewOf, type Raw } from "../../../../support/preflight";

/** A kubeconfig whose cluster has these properties besides its server. */
const text = (server: string, cluster: Raw = {}, name = "any"): string =>
  stringify({
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: name, user: "u" } }],
    clusters: [{ name, cluster: { server, ...cluster } }],
    users: [{ name: "u", user: { token: "t" } }],
  });

const judged = (access: Access, kubeconfig: string, over: Raw = {}) => {
  const { kubeconfigs } = rawConfig(["ncloud", "nhn"]);
  const id = access === "own" ? "ncloud" : "nhn";
  return said(
    judgeAddress(viewOf(access, { kubeconfigs: { ...kubeconfigs, [id]: kubeconfig }, ...over })),
  );
};

describe("preflight: kubeconfig-address", () => {
  it("passes an address that everybody reaches", () => {
    assert.deepEqual(judged("managed", text("https://203.0.113.7:6443")), [
      "ok: https://203.0.113.7:6443 can be passed on.",
    ]);
  });

  const cases: readonly (readonly [string, Access, string, string])[] = [
    [
      "a loopback address of the own cluster",
      "own",
      text("https://127.0.0.1:6443"),
      "warning: mesh:kubeconfigs.ncloud has the API server https://127.0.0.1:6443, which only this machine reaches.",
    ],
    [
      "a peer's private address",
      "managed",
      text("https://10.0.0.5:6443"),
      "warning: https://10.0.0.5:6443 is a private address: mesh:kubeconfigs.nhn leads there only over a VPN or a peering of the networks.",
    ],
    [
      "a proxy",
      "managed",
      text("https://203.0.113.7", { "proxy-url": "http://proxy.test:3128" }),
      "warning: mesh:kubeconfigs.nhn reaches https://203.0.113.7 through a proxy (proxy-url), which istiod isn't told of.",
    ],
    [
      "a TLS name of its own",
      "managed",
      text("https://203.0.113.7", { "tls-server-name": "kubernetes" }),
      "warning: mesh:kubeconfigs.nhn reaches https://203.0.113.7 under another TLS name (tls-server-name), which istiod isn't told of.",
    ],
    [
      "skipped verification",
      "own",
      text("https://203.0.113.7", { "insecure-skip-tls-verify": true }),
      "warning: mesh:kubeconfigs.ncloud doesn't verify the API server's certificate.",
    ],
    [
      "a cluster's name that no mesh takes",
      "own",
      text("https://203.0.113.7", {}, "nks_kr_portal_1"),
      "info: mesh:kubeconfigs.ncloud calls its cluster nks_kr_portal_1, a name that istioctl create-remote-secret refuses; in the mesh it is ncloud.",
    ],
  ];
  for (const [what, access, kubeconfig, expected] of cases) {
    it(`finds ${what}`, () => assert.deepEqual(judged(access, kubeconfig), [expected]));
  }

  it("goes by apiServer of mesh:clusters where it is set", () => {
    const clusters = [
      { name: "ncloud" },
      { name: "nhn", apiServer: "https://api.nhn.example.com" },
    ];
    assert.deepEqual(judged("managed", text("https://10.0.0.5:6443"), { clusters }), [
      "ok: https://api.nhn.example.com can be passed on.",
    ]);
  });

  it("leaves a loopback address alone where there are no peers", () => {
    assert.deepEqual(
      judged("own", text("https://127.0.0.1:6443"), {
        clusters: [{ name: "ncloud" }],
        kubeconfigs: { ncloud: text("https://127.0.0.1:6443") },
      }),
      ["ok: https://127.0.0.1:6443 can be passed on."],
    );
  });
});
