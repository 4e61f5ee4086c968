import assert from "node:assert/strict";
import { judgeReleases } from "../../../../../mesh/preflight/checks/helm-releases";
import { said } from "../../../../support/preflight";

const record = (name: string, status = "deployed", namespace = "istio-system") => ({
  namespace,
  name,
  status,
  revision: 1,
});

describe("preflight: helm-releases", () => {
  const cases = [
    ["no release", [], ["ok: No Helm release of Istio's charts yet."]],
    [
      "ours, and others' that have nothing to do with Istio",
      [record("istiod"), record("istio-base"), record("redis", "deployed", "shop")],
      ["ok: 2 Helm releases of ours, none stuck."],
    ],
    [
      "one that was killed half-way",
      [record("istiod", "pending-upgrade")],
      ["warning: Helm release istiod is pending-upgrade: a run is at it right now, or was killed."],
    ],
    [
      "others in istio-system",
      [record("istiod"), record("kiali")],
      [
        "info: istio-system also holds Helm release kiali.",
        "ok: 1 Helm release of ours, none stuck.",
      ],
    ],
    [
      "an Istio elsewhere",
      [record("istio-ingress", "deployed", "gateways")],
      ["warning: Helm releases called istio are in other namespaces too: gateways/istio-ingress."],
    ],
  ] as const;
  for (const [what, records, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeReleases(records)), expected));
  }
});
