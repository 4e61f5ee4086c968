import assert from "node:assert/strict";
import { judgeTaken } from "../../../../../mesh/preflight/checks/taken-names";
import { said } from "../../../../support/preflight";

const taken = (what: string, manager: string, deletionTimestamp?: string) => ({
  what,
  metadata: {
    name: what,
    managedFields: [{ manager }],
    ...(deletionTimestamp && { deletionTimestamp }),
  },
});

describe("preflight: taken-names", () => {
  const cases = [
    ["free names", [], "ok: Our names are free."],
    [
      "Pulumi's objects",
      [taken("Secret istio-system/cacerts", "pulumi-kubernetes")],
      "ok: What is there under our names is Pulumi's.",
    ],
    [
      "somebody else's objects",
      [
        taken("Secret istio-system/cacerts", "kubectl-create"),
        taken("Namespace echo", "pulumi-kubernetes"),
      ],
      "error: Secret istio-system/cacerts (by kubectl-create) exists already, and isn't Pulumi's.",
    ],
    [
      "objects on their way out",
      [taken("Namespace mesh-peer-nhn", "pulumi-kubernetes", "2026-11-21T12:00:00Z")],
      "error: Namespace mesh-peer-nhn is still being deleted.",
    ],
  ] as const;
  for (const [what, names, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeTaken(names)), [expected]));
  }
});
