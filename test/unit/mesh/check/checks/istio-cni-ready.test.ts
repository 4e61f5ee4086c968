import assert from "node:assert/strict";
import type { Pod } from "../../../../../mesh/check/facts";
import { judgeIstioCni } from "../../../../../mesh/check/checks/istio-cni-ready";
import { said } from "../../../../support/preflight";

const pod = (name: string, isReady = true, app = "istio-cni-node"): Pod => ({
  name,
  labels: { "k8s-app": app },
  isReady,
  containers: [],
});
const judged = (pods: readonly Pod[], istioCni: "none" | "install" | "existing" = "install") =>
  said(judgeIstioCni(pods, { istioCni }));

describe("check: istio-cni-ready", () => {
  it("counts the nodes that it runs on", () => {
    assert.deepEqual(judged([pod("a"), pod("b"), pod("istiod", false, "istiod")]), [
      "ok: istio-cni runs on 2 nodes.",
    ]);
  });

  it("is a warning where some node lacks it, an error where all do", () => {
    assert.deepEqual(judged([pod("a"), pod("b", false)]), [
      "warning: istio-cni doesn't run on 1 of 2 nodes: b (not ready yet).",
    ]);
    assert.deepEqual(judged([pod("a", false)]), [
      "error: istio-cni doesn't run on 1 of 1 node: a (not ready yet).",
    ]);
    assert.deepEqual(judged([]), ["error: There is no pod of istio-cni."]);
  });

  it("says nothing where it isn't ours to install", () => {
    assert.deepEqual(judged([], "none"), []);
    assert.deepEqual(judged([pod("a", false)], "existing"), []);
  });
});
