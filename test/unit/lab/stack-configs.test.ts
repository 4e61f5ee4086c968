import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { mergeConfig } from "../../../config/stack-files";
import { labStackConfig, stackNames } from "../../../lab/stack-configs";
import { labClusters, MAX_CLUSTERS } from "../../../lab/topology";
import { parseConfig } from "../../../config/parse";
import { kubeconfig } from "../../support/config";

const project = parse(readFileSync(join(__dirname, "../../../Pulumi.yaml"), "utf8")) as {
  name: string;
  config: Record<string, unknown>;
};
const parts = {
  charts: "/charts",
  istioVersion: "1.31.1",
  kubernetesVersion: "1.33.4",
  echoImage: "echo:1",
  bookinfoImage: "bookinfo:1",
  helloImage: "hello:1",
  https: undefined,
  theater: undefined,
  observability: undefined,
};
const observability = {
  charts: "/charts",
  jaegerImage: "jaeger:1",
  stateMetricsVersion: "2.18.0",
};
const https = {
  clovaImage: "clova:1",
  certManager: { version: "v1.21.2", charts: "/charts" },
};

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\n";
const PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\n";

describe("labStackConfig", () => {
  const cases = [1, 2, 7, MAX_CLUSTERS].flatMap(
    (count) =>
      [
        { count, parts },
        { count, parts: { ...parts, https, observability, theater: { redis: "redis:1" } } },
      ] as const,
  );
  for (const { count, parts } of cases) {
    it(`${count} clusters${parts.https ? " with a public host and a theater" : ""}: says nothing that the program's own parser would refuse`, () => {
      const clusters = labClusters(count);
      const kubeconfigs = Object.fromEntries(
        clusters.map(({ name, apiServer }) => [name, kubeconfig(apiServer)]),
      );
      for (const stack of stackNames(clusters)) {
        const { config } = mergeConfig({ name: project.name, schema: project.config }, stack, [
          { name: "lab", values: labStackConfig(stack, clusters, parts) },
        ]);
        const raw = Object.fromEntries(
          Object.entries(config)
            .filter(([key]) => key.startsWith("mesh:"))
            .map(([key, text]) => [key.slice(5), decode(text)]),
        );
        if (stack !== "trust") {
          raw["kubeconfigs"] = kubeconfigs;
          if (parts.https !== undefined) {
            raw["https"] = { ...(raw["https"] as object), caBundle: CERTIFICATE };
            raw["clova"] = { ...(raw["clova"] as object), signatureKey: PUBLIC_KEY };
          }
        }
        const parsed = parseConfig(raw, stack);
        assert.equal(parsed.mesh.clusters.length, count);
        assert.equal(parsed.kind, stack === "trust" ? "trust" : "cluster");
        assert.equal(
          parsed.kind === "cluster" && parsed.clova !== undefined,
          stack !== "trust" && parts.https !== undefined,
        );
      }
    });
  }
});

describe("labClusters", () => {
  it("gives no two clusters an address, a range or an interface in common", () => {
    const clusters = labClusters(MAX_CLUSTERS);
    const keys = [
      "name",
      "netns",
      "veth",
      "nodeIp",
      "podCidr",
      "serviceCidr",
      "loadBalancerPrefix",
    ] as const;
    for (const key of keys) {
      assert.equal(new Set(clusters.map((cluster) => cluster[key])).size, MAX_CLUSTERS, key);
    }
    const ranges = clusters.flatMap(({ podCidr, serviceCidr }) => [podCidr, serviceCidr]);
    assert.equal(new Set(ranges).size, 2 * MAX_CLUSTERS);
  });

  it("refuses a number that is none", () => {
    for (const count of [0, -1, 1.5, MAX_CLUSTERS + 1]) {
      assert.throws(() => labClusters(count), RangeError);
    }
  });
});

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
