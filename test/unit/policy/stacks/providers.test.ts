import assert from "node:assert/strict";
import { clusterIdentifier } from "../../../../policy/stacks/cluster-identifier";
import { explicitProvider } from "../../../../policy/stacks/explicit-provider";
import { isDefaultProvider } from "../../../../policy/stacks/providers";
import { object, resource, sentences, unknown } from "../../../support/policies";

const provider = (inputs: Record<string, unknown>, name = "ncloud") =>
  resource("pulumi:providers:kubernetes", inputs, { name });

describe("cluster-identifier-set", () => {
  const found = (...given: Parameters<typeof provider>) =>
    sentences([provider(...given)], [clusterIdentifier]);

  it("refuses a provider without", async () => {
    assert.deepEqual(await found({ kubeconfig: "x" }), [
      "Provider ncloud has no clusterIdentifier: set it to the cluster's name, which no kubeconfig changes",
    ]);
  });

  it("passes one with, one that isn't known, and Pulumi's own", async () => {
    assert.deepEqual(await found({ clusterIdentifier: "ncloud" }), []);
    assert.deepEqual(await found({ clusterIdentifier: unknown }), []);
    assert.deepEqual(await found({}, "default_4_34_2"), []);
  });
});

describe("no-default-provider", () => {
  const on = (provider: string) =>
    sentences([object("v1", "Namespace", {}, {}, { provider })], [explicitProvider]);

  it("refuses Kubernetes objects on it, and passes those on a cluster's own", async () => {
    assert.deepEqual(await on("default_4_34_2"), [
      "Namespace shop/it is on the default provider: give it, or the component that it belongs to, its cluster's provider",
    ]);
    assert.deepEqual(await on("ncloud"), []);
  });

  it("leaves packages without clusters alone", async () => {
    const key = resource("tls:index/privateKey:PrivateKey", {}, { provider: "default_5_6_1" });
    assert.deepEqual(await sentences([key], [explicitProvider]), []);
  });

  it("knows Pulumi's own names, with and without a version", () => {
    assert(isDefaultProvider("default"));
    assert(isDefaultProvider("default_4_34_2"));
    assert(!isDefaultProvider("defaults"));
    assert(!isDefaultProvider("default-cluster"));
  });
});
