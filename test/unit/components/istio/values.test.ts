import assert from "node:assert/strict";
import fc from "fast-check";
import { chartSource } from "../../../../components/helm/chart-source";
import { loadBalancerAddress } from "../../../../components/istio/gateway-release";
import {
  eastWestGatewayValues,
  ingressGatewayValues,
} from "../../../../components/istio/gateway-values";
import { istioCniValues } from "../../../../components/istio/istio-cni-values";
import { istiodValues } from "../../../../components/istio/istiod-values";
import { mergeValues } from "../../../../components/helm/merge-values";
import { CLOUD_NAMES } from "../../../../config/clouds";
import type { ClusterConfig } from "../../../../config/model";
import { parseConfig } from "../../../../config/parse";
import { rawConfig } from "../../../support/config";

const parse = (over: Record<string, unknown> = {}): ClusterConfig => {
  const config = parseConfig(rawConfig(["ncloud", "nhn"], over), "ncloud");
  assert(config.kind === "cluster");
  return config;
};

const istiod = (config: ClusterConfig, autoscale = true) =>
  istiodValues({ ...config, cluster: config.self, autoscale });

const gateways = (config: ClusterConfig, autoscale = true) => {
  const { self: cluster, istio, connectionSeconds } = config;
  const args = { cluster, istio, autoscale, connectionSeconds };
  return { ingress: ingressGatewayValues(args), eastWest: eastWestGatewayValues(args) };
};

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

describe("istio-cni", () => {
  const onCloud = (cloud: string, over: Record<string, unknown> = {}) => {
    const config = parse({ clusters: [{ name: "ncloud", cloud }, { name: "nhn" }], ...over });
    return istioCniValues({ ...config, cluster: config.self });
  };

  it("makes istiod leave the init container out, installed by us or by others", () => {
    assert.equal(istiod(parse())["cni"], undefined);
    for (const istioCni of ["install", "existing"]) {
      assert.deepEqual(istiod(parse({ istioCni }))["cni"], { enabled: true });
    }
  });

  it("takes what differs on a cloud's nodes from Istio's own profile for it", () => {
    const platform = (cloud: string) =>
      (onCloud(cloud)["global"] as Record<string, unknown>)["platform"];
    assert.deepEqual(["ncloud", "nhn", "gke", "minikube"].map(platform), [
      undefined,
      undefined,
      "gke",
      "minikube",
    ]);
  });

  it("takes images from where the others come from, and the user's values last", () => {
    const values = onCloud("ncloud", {
      istioHub: "harbor.example.com/istio",
      istioValues: { cni: { cniBinDir: "/opt/bin" } },
    });
    assert.deepEqual(values["global"], { hub: "harbor.example.com/istio", tag: "1.31.1" });
    assert.equal(values["cniBinDir"], "/opt/bin");
  });
});

describe("the gateways' values", () => {
  for (const cloud of CLOUD_NAMES) {
    const config = parse({ clusters: [{ name: "ncloud", cloud }, { name: "nhn" }] });
    const { ingress, eastWest } = gateways(config);

    it(`${cloud}: the east-west gateway publishes 15443 and nothing else`, () => {
      assert.deepEqual(
        service(eastWest).ports.map(({ port }) => port),
        [15443],
      );
      assert.deepEqual(eastWest["labels"], { "topology.istio.io/network": "ncloud" });
      assert.equal(
        (eastWest["env"] as Record<string, string>)["ISTIO_META_REQUESTED_NETWORK_VIEW"],
        "ncloud",
      );
      // The chart would publish istiod's ports 15012 and 15017 with it.
      assert(!("networkGateway" in eastWest));
    });

    it(`${cloud}: the ingress gateway publishes 80, 443 and its status`, () => {
      assert.deepEqual(
        service(ingress).ports.map(({ port }) => port),
        [15021, 80, 443],
      );
    });

    it(`${cloud}: each carries the cloud's annotations for it`, () => {
      const { loadBalancer } = config.self.cloud;
      assert.deepEqual(service(ingress).annotations, loadBalancer.ingress);
      assert.deepEqual(service(eastWest).annotations, loadBalancer.eastWest);
    });

    it(`${cloud}: requests and limits CPU and memory, under the runtime's seccomp profile`, () => {
      for (const values of [ingress, eastWest]) {
        const { requests, limits } = values["resources"] as Record<string, object>;
        assert.deepEqual(Object.keys(requests ?? {}), ["cpu", "memory"]);
        assert.deepEqual(Object.keys(limits ?? {}), ["cpu", "memory"]);
        assert.deepEqual((values["securityContext"] as Record<string, unknown>)["seccompProfile"], {
          type: "RuntimeDefault",
        });
      }
    });
  }

  it("scale from 1 to 5 replicas at 80 % CPU where the cluster has metrics", () => {
    for (const values of Object.values(gateways(parse()))) {
      assert.deepEqual(values["autoscaling"], {
        enabled: true,
        minReplicas: 1,
        maxReplicas: 5,
        targetCPUUtilizationPercentage: 80,
      });
      assert(!("replicaCount" in values));
    }
  });

  it("keep fixed replicas where it has none: two, or one where nodes are scarce", () => {
    for (const [cloud, replicas] of [
      ["generic", 2],
      ["lab", 1],
    ]) {
      const config = parse({ clusters: [{ name: "ncloud", cloud }, { name: "nhn" }] });
      for (const values of Object.values(gateways(config, false))) {
        assert.deepEqual(values["autoscaling"], { enabled: false });
        assert.equal(values["replicaCount"], replicas);
      }
      assert.equal(istiod(config, false)["autoscaleEnabled"], false);
      assert.equal(istiod(config, false)["replicaCount"], replicas);
    }
  });

  it("stay until the connections that they had are over, after a replacement is ready", () => {
    for (const connectionSeconds of [0, 20, 600]) {
      for (const values of Object.values(gateways(parse({ connectionSeconds })))) {
        const env = values["env"] as Record<string, string>;
        assert.equal(env["EXIT_ON_ZERO_ACTIVE_CONNECTIONS"], "true");
        const drain = Number.parseInt(env["MINIMUM_DRAIN_DURATION"] ?? "", 10);
        assert(drain + connectionSeconds < Number(values["terminationGracePeriodSeconds"]));
        assert.deepEqual(values["strategy"], {
          rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        });
      }
    }
  });

  it("let the user's values win: those for both gateways, then those for one", () => {
    const annotations = { "a.example/internal": "true" };
    const { ingress, eastWest } = gateways(
      parse({
        istioValues: {
          gateway: { autoscaling: { minReplicas: 2 }, replicaCount: 3 },
          eastWestGateway: { service: { annotations }, replicaCount: 4 },
        },
      }),
    );
    for (const values of [ingress, eastWest]) {
      assert.equal((values["autoscaling"] as Record<string, unknown>)["minReplicas"], 2);
    }
    assert.deepEqual([ingress["replicaCount"], eastWest["replicaCount"]], [3, 4]);
    assert.deepEqual(service(eastWest).annotations, annotations);
    assert.deepEqual(service(ingress).annotations, {});
  });
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
