import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ownCacerts } from "../../../components/trust/own-cacerts";
import { runClusterStack, TRUSTED_CACERTS } from "../../support/run-stack";

const names = ["ncloud", "nhn"];
const stack = "organization/mesh/trust";

describe("a cluster for which the trust stack has signed nothing yet", () => {
  it("can be previewed, e.g. in the pull request that adds it", async () => {
    const resources = await runClusterStack(names, "nhn", {
      trusted: ["ncloud"],
      isPreview: true,
    });
    assert(resources.some(({ type }) => type === "mesh:istio:ControlPlane"));
  });

  it("can't be deployed, and says which stack has to run first", () => {
    const all = { ncloud: TRUSTED_CACERTS };
    assert.throws(
      () => ownCacerts(all, { cluster: "nhn", stack, isPreview: false }),
      (error) =>
        error instanceof pulumi.RunError &&
        /has signed no intermediate for nhn: run pulumi up --stack trust /.test(error.message),
    );
    assert.equal(ownCacerts(all, { cluster: "ncloud", stack, isPreview: false }), TRUSTED_CACERTS);
  });
});
