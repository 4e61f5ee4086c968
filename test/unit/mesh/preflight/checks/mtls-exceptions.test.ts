import assert from "node:assert/strict";
import { judgeExceptions } from "../../../../../mesh/preflight/checks/mtls-exceptions";
import { said } from "../../../../support/preflight";

const policy = (name: string, mode: string, namespace = "shop", hasSelector = false) => ({
  namespace,
  name,
  mode,
  hasSelector,
});
const rule = (host: string, mode: string | undefined) => ({
  namespace: "shop",
  name: host,
  host,
  mode,
});

describe("preflight: mtls-exceptions", () => {
  it("lets be our own policy, and rules that keep mTLS", () => {
    const policies = [policy("default", "STRICT", "istio-system"), policy("x", "PERMISSIVE")];
    const rules = [
      rule("cart", "ISTIO_MUTUAL"),
      rule("pay.example.com", "DISABLE"),
      rule("a", undefined),
    ];
    assert.deepEqual(said(judgeExceptions({ policies, rules })), ["ok: Nothing turns mTLS off."]);
  });

  it("names what turns mTLS off", () => {
    const policies = [policy("legacy", "DISABLE", "shop", true)];
    const rules = [rule("cart.shop.svc.cluster.local", "DISABLE"), rule("db", "DISABLE")];
    assert.deepEqual(said(judgeExceptions({ policies, rules })), [
      "warning: PeerAuthentication shop/legacy, DestinationRule shop/cart.shop.svc.cluster.local and DestinationRule shop/db turn mTLS off.",
    ]);
  });

  it("finds a second mesh-wide policy", () => {
    const policies = [
      policy("default", "STRICT", "istio-system"),
      policy("mesh", "PERMISSIVE", "istio-system"),
      policy("one-workload", "PERMISSIVE", "istio-system", true),
    ];
    assert.deepEqual(said(judgeExceptions({ policies, rules: [] })), [
      "warning: PeerAuthentication mesh in istio-system is mesh-wide, as ours is.",
    ]);
  });
});
