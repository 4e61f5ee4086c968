import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ControlPlane } from "../../../../components/istio/control-plane";
import { readConfig } from "../../../../config/read";
import { pulumiConfig, rawConfig } from "../../../support/config";
import { record } from "../../../support/record";

const names = ["ncloud", "nhn"];

/** Two control planes of one cluster, as during an upgrade by revision. */
const two = () =>
  record("ncloud", () => {
    pulumi.runtime.setAllConfig(pulumiConfig(rawConfig(names)));
    const { config } = readConfig();
    assert(config.kind === "cluster");
    const args = {
      namespace: "istio-system",
      mesh: config.mesh,
      cluster: config.self,
      istio: config.istio,
      remoteCredentials: config.remoteCredentials,
      istioCni: config.istioCni,
      autoscale: true,
      after: [],
    };
    new ControlPlane("control-plane", args);
    new ControlPlane("control-plane-1-31-2", { ...args, revision: "1-31-2" });
  });

describe("a control plane", () => {
  it("is called istiod where it is the only one, and after its revision beside another", async () => {
    const { resources } = await two();
    const releases = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
    assert.deepEqual(
      releases.map(({ inputs }) => inputs["name"]),
      ["istiod", "istiod-1-31-2"],
    );
    assert.deepEqual(
      releases.map(({ inputs }) => (inputs["values"] as { revision?: string }).revision),
      [undefined, "1-31-2"],
    );
  });
});
