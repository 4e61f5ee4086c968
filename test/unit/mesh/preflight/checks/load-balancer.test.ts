import assert from "node:assert/strict";
import { judgeBalancers } from "../../../../../mesh/preflight/checks/load-balancer";
import { said } from "../../../../support/preflight";

const service = (name: string, address: string | undefined, minutes = 60) => ({
  name: `istio-system/${name}`,
  address,
  minutes,
});

describe("preflight: load-balancer", () => {
  it("takes addresses that are there for proof", () => {
    assert.deepEqual(said(judgeBalancers([service("a", "203.0.113.7"), service("b", "lb.test")])), [
      "ok: 2 Services of type LoadBalancer have an address.",
    ]);
  });

  it("knows nothing before the first one", () => {
    const expected =
      "info: No Service of type LoadBalancer has an address yet: the first up will show whether the cluster gives any.";
    assert.deepEqual(said(judgeBalancers([])), [expected]);
    assert.deepEqual(said(judgeBalancers([service("a", undefined, 2)])), [expected]);
  });

  it("finds Services that have waited too long, though others have one", () => {
    assert.deepEqual(
      said(judgeBalancers([service("a", undefined, 12.4), service("b", "lb.test")])),
      ["warning: istio-system/a (for 12 min) still has no load balancer's address."],
    );
  });
});
