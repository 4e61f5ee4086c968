import assert from "node:assert/strict";
import { judgeRemoteSecrets } from "../../../../../mesh/preflight/checks/remote-secrets";
import { said, viewOf } from "../../../../support/preflight";

const OURS = { name: "istio-remote-secret-nhn", cluster: "nhn" };

describe("preflight: remote-secrets", () => {
  const cases = [
    ["none", [], "ok: No remote secrets yet."],
    ["ours", [OURS], "ok: 1 remote secret, all for peers."],
    [
      "a cluster that isn't in the mesh",
      [OURS, { name: "istio-remote-secret-old", cluster: "old" }],
      "warning: istiod joins clusters that mesh:clusters doesn't name, by istio-remote-secret-old (old).",
    ],
    [
      "one that doesn't say whose it is",
      [{ name: "by-hand", cluster: undefined }],
      "warning: istiod joins clusters that mesh:clusters doesn't name, by by-hand.",
    ],
    [
      "a second one for a peer",
      [OURS, { name: "by-hand", cluster: "nhn" }],
      "error: Remote secret by-hand is a second one for nhn.",
    ],
    [
      "one for the cluster itself",
      [{ name: "by-hand", cluster: "ncloud" }],
      "error: Remote secret by-hand makes ncloud a peer of itself.",
    ],
  ] as const;
  for (const [what, secrets, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeRemoteSecrets(secrets, viewOf())), [expected]));
  }
});
