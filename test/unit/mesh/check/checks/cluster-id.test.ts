import assert from "node:assert/strict";
import { judgeClusterId } from "../../../../../mesh/check/checks/cluster-id";
import type { Workload } from "../../../../../mesh/check/facts";
import { said } from "../../../../support/preflight";

const istiod = (id?: string): Workload => ({
  name: "istiod",
  wanted: 1,
  available: 1,
  image: "",
  env: id === undefined ? {} : { CLUSTER_ID: id },
  selector: {},
});
const watched = (id: string) => [
  {
    istiod: "istiod-1",
    clusters: [
      { id: "nhn", secretName: "istio-system/x", syncStatus: "synced" },
      { id, secretName: "", syncStatus: "synced" },
    ],
  },
];
const proxy = (name: string, clusterId: string) => ({ name, clusterId, version: "1.31.1" });

describe("check: cluster-id", () => {
  const cases: [string, Parameters<typeof judgeClusterId>[0], string[]][] = [
    [
      "one ID everywhere",
      {
        istiods: [istiod("ncloud")],
        watched: watched("ncloud"),
        proxies: [proxy("a.b", "ncloud")],
        systemNamespace: { labels: { "topology.istio.io/cluster": "ncloud" } },
      },
      ["ok: Everything here calls the cluster ncloud."],
    ],
    [
      "nothing but a Deployment",
      { istiods: [istiod()] },
      ["ok: Everything here calls the cluster ncloud."],
    ],
    [
      "another one in the Deployment",
      { istiods: [istiod("Kubernetes")] },
      ["error: istiod (CLUSTER_ID) calls the cluster Kubernetes, not ncloud."],
    ],
    [
      "an istiod that still has the old one",
      { istiods: [istiod("ncloud")], watched: watched("old") },
      ["error: istiod-1 calls the cluster old, not ncloud."],
    ],
    [
      "a Deployment and its istiod that agree on another one, once",
      { istiods: [istiod("old")], watched: watched("old") },
      ["error: istiod (CLUSTER_ID) and istiod-1 call the cluster old, not ncloud."],
    ],
    [
      "a label",
      {
        istiods: [istiod("ncloud")],
        systemNamespace: { labels: { "topology.istio.io/cluster": "x" } },
      },
      [
        "error: the label topology.istio.io/cluster of istio-system calls the cluster x, not ncloud.",
      ],
    ],
    [
      "one proxy",
      { istiods: [istiod("ncloud")], proxies: [proxy("a.b", "x"), proxy("c.d", "ncloud")] },
      ["error: Proxy a.b calls the cluster x, not ncloud."],
    ],
    [
      "several proxies",
      { istiods: [istiod("ncloud")], proxies: [proxy("a.b", "x"), proxy("c.d", "y")] },
      ["error: Proxies a.b and c.d call the cluster x and y, not ncloud."],
    ],
  ];
  for (const [what, facts, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeClusterId(facts, "ncloud")), expected));
  }
});
