import assert from "node:assert/strict";
import { judgePodSecurity } from "../../../../../mesh/preflight/checks/pod-security";
import { said } from "../../../../support/preflight";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const FINE = ["ok: No namespace with sidecars enforces a Pod Security Standard against them."];

const judged = (name: string, labels: Record<string, string>, hasCni = false) =>
  said(judgePodSecurity({ namespaces: [{ name, labels }], hasCni }));

describe("preflight: pod-security", () => {
  it("finds namespaces whose level refuses the sidecar's init container", () => {
    for (const [label, value] of [
      ["istio-injection", "enabled"],
      ["istio.io/rev", "canary"],
    ] as const) {
      assert.deepEqual(judged("shop", { [label]: value, [ENFORCE]: "baseline" }), [
        "warning: shop (baseline) will refuse pods with a sidecar.",
      ]);
    }
    assert.deepEqual(judged("echo", { [ENFORCE]: "restricted" }), [
      "warning: echo (restricted) will refuse pods with a sidecar.",
    ]);
  });

  it("lets be what is lenient, has no sidecars, or has istio-cni", () => {
    const injected = { "istio-injection": "enabled" };
    assert.deepEqual(judged("shop", { ...injected, [ENFORCE]: "privileged" }), FINE);
    assert.deepEqual(judged("shop", injected), FINE);
    assert.deepEqual(judged("db", { [ENFORCE]: "restricted" }), FINE);
    assert.deepEqual(judged("shop", { ...injected, [ENFORCE]: "restricted" }, true), FINE);
    assert.deepEqual(
      judged("db", { "istio.io/rev": "x", "istio-injection": "disabled", [ENFORCE]: "baseline" }),
      FINE,
    );
  });
});
