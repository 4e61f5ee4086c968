import assert from "node:assert/strict";
import { judgeApiServer } from "../../../../../mesh/check/checks/api-server";
import { said, viewOf } from "../../../../support/preflight";

describe("check: api-server", () => {
  it("says which version answers", () =>
    assert.deepEqual(said(judgeApiServer({ version: "v1.33.4" })), [
      "ok: Kubernetes v1.33.4 answers.",
    ]));

  it("says which cluster doesn't, at which address, by which kubeconfig", () => {
    const failure = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const [verdict] = judgeApiServer({ failure, view: viewOf() });
    assert.match(
      verdict?.what ?? "",
      /^https:\S+ of ncloud \(mesh:kubeconfigs\.ncloud of stack ncloud\) refuses the connection/,
    );
  });
});
