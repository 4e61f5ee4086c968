import assert from "node:assert/strict";
import { judgeMtls } from "../../../../../mesh/check/checks/mesh-mtls";
import type { MtlsPolicy } from "../../../../../mesh/check/facts";
import { said } from "../../../../support/preflight";

const policy = (mode: string | undefined, over: Partial<MtlsPolicy> = {}): MtlsPolicy => ({
  namespace: "istio-system",
  name: "default",
  mode,
  hasSelector: false,
  createdAt: new Date(0),
  ...over,
});

describe("check: mesh-mtls", () => {
  const cases: [string, MtlsPolicy[], "STRICT" | "PERMISSIVE", string[]][] = [
    ["STRICT as configured", [policy("STRICT")], "STRICT", ["ok: mTLS is STRICT."]],
    ["PERMISSIVE as configured", [policy("PERMISSIVE")], "PERMISSIVE", ["ok: mTLS is PERMISSIVE."]],
    ["more than configured", [policy("STRICT")], "PERMISSIVE", ["ok: mTLS is STRICT."]],
    [
      "less than configured",
      [policy("PERMISSIVE")],
      "STRICT",
      ["error: PeerAuthentication istio-system/default says PERMISSIVE instead of STRICT."],
    ],
    [
      "no policy",
      [],
      "STRICT",
      ["error: There is no mesh-wide PeerAuthentication: mTLS is PERMISSIVE instead of STRICT."],
    ],
    [
      "an older one beside ours",
      [policy("STRICT", { createdAt: new Date(2) }), policy("DISABLE", { name: "old" })],
      "STRICT",
      ["error: PeerAuthentication istio-system/old says DISABLE instead of STRICT."],
    ],
    [
      "exceptions",
      [
        policy("STRICT"),
        policy("DISABLE", { namespace: "shop", name: "legacy", hasSelector: true }),
        policy("PERMISSIVE", { hasSelector: true, name: "one" }),
      ],
      "STRICT",
      [
        "ok: mTLS is STRICT.",
        "warning: shop/legacy (DISABLE) and istio-system/one (PERMISSIVE) are weaker than STRICT.",
      ],
    ],
  ];
  for (const [what, policies, expected, verdicts] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeMtls(policies, expected)), verdicts));
  }
});
