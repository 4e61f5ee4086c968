import assert from "node:assert/strict";
import { judgeApis } from "../../../../../mesh/preflight/checks/aggregated-apis";
import { said } from "../../../../support/preflight";

const service = (name: string, status: string, message?: string) => ({
  metadata: { name },
  status: { conditions: [{ type: "Available", status, ...(message && { message }) }] },
});

describe("preflight: aggregated-apis", () => {
  it("names the APIs that don't answer, but for metrics, which are another check's", () => {
    assert.deepEqual(
      said(
        judgeApis([
          service("v1.apps", "True"),
          service("v1beta1.custom.example.com", "False", "no endpoints"),
          service("v1beta1.metrics.k8s.io", "False"),
        ]),
      ),
      ["warning: v1beta1.custom.example.com doesn't answer: no endpoints."],
    );
  });

  it("finds nothing where all do", () => {
    assert.deepEqual(said(judgeApis([service("v1.apps", "True")])), [
      "ok: Every aggregated API answers.",
    ]);
  });
});
