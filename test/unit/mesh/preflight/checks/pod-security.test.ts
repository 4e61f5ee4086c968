import assert from "node:assert/strict";
import { judgePodSecurity } from "../../../../../mesh/preflight/checks/pod-security";
import { said } from "../../../../support/preflight";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const FINE = ["ok: No namespace enforces a Pod Security Standard against the mesh's pods."];

const judged = (
  name: string,
  labels: Record<string, string>,
  istioCni: "none" | "install" | "existing" = "none",
) => said(judgePodSecurity([{ name, labels }], { istioCni }));

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
    for (const istioCni of ["install", "existing"] as const) {
      assert.deepEqual(judged("shop", { ...injected, [ENFORCE]: "restricted" }, istioCni), FINE);
    }
    assert.deepEqual(
      judged("db", { "istio.io/rev": "x", "istio-injection": "disabled", [ENFORCE]: "baseline" }),
      FINE,
    );
  });

  it("finds a system namespace that refuses istio-cni itself, where it is ours to install", () => {
    const labels = { [ENFORCE]: "baseline" };
    assert.deepEqual(judged("istio-system", labels, "install"), [
      "warning: istio-system (baseline) will refuse istio-cni's own pods.",
    ]);
    assert.deepEqual(judged("istio-system", labels, "existing"), FINE);
  });
});
