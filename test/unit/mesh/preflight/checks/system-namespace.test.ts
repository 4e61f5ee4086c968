import assert from "node:assert/strict";
import {
  judgeNamespace,
  type NamespaceFacts,
} from "../../../../../mesh/preflight/checks/system-namespace";
import type { Metadata } from "../../../../../mesh/preflight/cluster-api";
import { said, viewOf, type Raw } from "../../../../support/preflight";

const namespace = (over: Partial<Metadata> = {}, manager = "pulumi-kubernetes") => ({
  metadata: { name: "istio-system", managedFields: [{ manager }], ...over },
});
const NETWORK = "topology.istio.io/network";
const EXISTING = { systemNamespace: "existing" };

describe("preflight: system-namespace", () => {
  const cases: readonly (readonly [string, Partial<NamespaceFacts>, Raw, readonly string[]])[] = [
    ["no namespace, to be created", {}, {}, ["ok: istio-system is free."]],
    [
      "no namespace, said to exist",
      {},
      EXISTING,
      ["error: mesh:systemNamespace is existing, and there is no istio-system."],
    ],
    [
      "our namespace",
      { namespace: namespace() },
      {},
      ["ok: istio-system is there, and ours to use."],
    ],
    [
      "somebody else's namespace, to be created",
      { namespace: namespace({}, "kubectl-create") },
      {},
      ["error: istio-system is there already, made by kubectl-create."],
    ],
    [
      "somebody else's namespace, to be labelled",
      { namespace: namespace({}, "kubectl-create") },
      EXISTING,
      ["ok: istio-system is there, and ours to use."],
    ],
    [
      "a namespace that is going",
      { namespace: namespace({ deletionTimestamp: "2026-11-21T12:00:00Z" }) },
      {},
      ["error: istio-system has been terminating since 2026-11-21T12:00:00Z."],
    ],
    [
      "another network's label",
      { namespace: namespace({ labels: { [NETWORK]: "seoul" } }) },
      {},
      ["warning: istio-system is labelled as network seoul, mesh:clusters says ncloud."],
    ],
    [
      "policies and quotas in it",
      { namespace: namespace(), networkPolicies: ["deny"], quotas: ["small"] },
      {},
      [
        "warning: NetworkPolicies in istio-system: deny.",
        "info: small limits what may run in istio-system.",
      ],
    ],
  ];
  for (const [what, facts, over, expected] of cases) {
    it(`judges ${what}`, () => {
      const all = { namespace: undefined, quotas: [], networkPolicies: [], ...facts };
      assert.deepEqual(said(judgeNamespace(all, viewOf("own", over))), expected);
    });
  }
});
