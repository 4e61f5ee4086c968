import assert from "node:assert/strict";
import fc from "fast-check";
import { chartSource } from "../../../../components/istio/chart-source";
import { loadBalancerAddress } from "../../../../components/istio/gateway-release";
import {
  eastWestGatewayValues,
  ingressGatewayValues,
} from "../../../../components/istio/gateway-values";
import { istiodValues } from "../../../../components/istio/istiod-values";
import { mergeValues } from "../../../../components/istio/merge-values";
import { CLOUD_NAMES } from "../../../../config/clouds";
import type { ClusterConfig } from "../../../../config/model";
import { parseConfig } from "../../../../config/parse";
import { rawConfig } from "../../../support/config";

const parse = (over: Record<string, unknown> = {}): ClusterConfig => {
  const config = parseConfig(rawConfig(["ncloud", "nhn"], over), "ncloud");
  assert(config.kind === "cluster");
  return config;
};

const istiod = (config: ClusterConfig) => istiodValues({ ...config, cluster: config.self });

interface ServiceValues {
  readonly ports: { readonly port: number }[];
  readonly annotations: Record<string, string>;
}
const service = (values: Record<string, unknown>) => values["service"] as ServiceValues;

describe("istiodValues", () => {
  it("names mesh, network and cluster as multi-primary on different networks needs them", () => {
    assert.deepEqual(istiod(parse())["global"], {
      hub: "docker.io/istio",
      tag: "1.31.1",
      meshID: "mesh1",
      network: "ncloud",
      multiCluster: { clusterName: "ncloud" },
    });
  });

  it("lets the user's values win, and leaves the rest", () => {
    const values = istiod(parse({ istioValues: { istiod: { global: { tag: "x" }, a: [1] } } }));
    assert.deepEqual(values["a"], [1]);
    assert.equal((values["global"] as Record<string, unknown>)["tag"], "x");
    assert.equal((values["global"] as Record<string, unknown>)["network"], "ncloud");
  });

  it("reads the peers' Secrets unless told not to", () => {
    assert.equal(istiod(parse())["env"], undefined);
    assert.deepEqual(istiod(parse({ remoteCredentials: "ignore" }))["env"], {
      PILOT_ENABLE_REMOTE_CREDENTIALS_CONTROLLER: "false",
    });
  });
});

describe("the gateways' values", () => {
  for (const cloud of CLOUD_NAMES) {
    const { self } = parse({ clusters: [{ name: "ncloud", cloud }, { name: "nhn" }] });

    it(`${cloud}: the east-west gateway publishes 15443 and nothing else`, () => {
      const values = eastWestGatewayValues(self, {});
      assert.deepEqual(
        service(values).ports.map(({ port }) => port),
        [15443],
      );
      assert.deepEqual(values["labels"], { "topology.istio.io/network": "ncloud" });
      assert.deepEqual(values["env"], { ISTIO_META_REQUESTED_NETWORK_VIEW: "ncloud" });
      // The chart would publish istiod's ports 15012 and 15017 with it.
      assert(!("networkGateway" in values));
    });

    it(`${cloud}: the ingress gateway publishes 80, 443 and its status`, () => {
      assert.deepEqual(
        service(ingressGatewayValues(self, {})).ports.map(({ port }) => port),
        [15021, 80, 443],
      );
    });

    it(`${cloud}: both carry the cloud's annotations, whose values are texts`, () => {
      for (const values of [eastWestGatewayValues(self, {}), ingressGatewayValues(self, {})]) {
        assert.deepEqual(service(values).annotations, self.cloud.loadBalancerAnnotations);
        assert(
          Object.values(service(values).annotations).every((text) => typeof text === "string"),
        );
      }
    });
  }
});

describe("chartSource", () => {
  it("takes a repository, an OCI prefix or a folder", () => {
    const source = (charts: string) => chartSource({ charts, version: "1.31.1" }, "istiod");
    assert.deepEqual(source("https://blob.istio.io/istio-release/charts"), {
      chart: "istiod",
      version: "1.31.1",
      repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
    });
    assert.deepEqual(source("oci://ghcr.io/istio/release/charts/"), {
      chart: "oci://ghcr.io/istio/release/charts/istiod",
      version: "1.31.1",
    });
    assert.deepEqual(source("/srv/charts"), { chart: "/srv/charts/istiod" });
  });
});

describe("loadBalancerAddress", () => {
  it("takes whichever the cloud publishes", () => {
    assert.equal(
      loadBalancerAddress({ loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } }),
      "192.0.2.1",
    );
    assert.equal(loadBalancerAddress({ loadBalancer: { ingress: [{ hostname: "a.b" }] } }), "a.b");
    assert.equal(loadBalancerAddress({ loadBalancer: {} }), undefined);
    assert.equal(loadBalancerAddress(undefined), undefined);
  });
});

/** YAML has no prototypes: a key of that name is no value that Helm could be given. */
const helmValues = fc.dictionary(
  fc.string().filter((key) => key !== "__proto__"),
  fc.jsonValue(),
  { noNullPrototype: true },
);

describe("mergeValues", () => {
  it("merges objects deeply and replaces everything else", () => {
    assert.deepEqual(mergeValues({ a: { b: 1, c: [1] } }, { a: { c: [2] }, d: null }), {
      a: { b: 1, c: [2] },
      d: null,
    });
  });

  it("changes none of its layers, and nothing by an empty one", () => {
    fc.assert(
      fc.property(helmValues, (layer) => {
        const before = structuredClone(layer);
        assert.deepEqual(mergeValues(layer, {}), { ...layer });
        assert.deepEqual(mergeValues({}, layer), { ...layer });
        assert.deepEqual(layer, before);
      }),
    );
  });
});
