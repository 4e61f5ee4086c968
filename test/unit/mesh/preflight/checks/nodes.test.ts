import assert from "node:assert/strict";
import { judgeNodes, type NodesFacts } from "../../../../../mesh/preflight/checks/nodes";
import { said } from "../../../../support/preflight";

const node = (name: string, over: Partial<NodesFacts["nodes"][number]> = {}) => ({
  name,
  ready: true,
  schedulable: true,
  platform: "linux/amd64",
  kubelet: "v1.33.4",
  ...over,
});

const judged = (...nodes: NodesFacts["nodes"]) => said(judgeNodes({ apiServer: "v1.33.4", nodes }));

describe("preflight: nodes", () => {
  const cases: readonly (readonly [string, NodesFacts["nodes"], readonly string[]])[] = [
    [
      "nodes of both architectures",
      [node("a"), node("b", { platform: "linux/arm64" })],
      ["ok: 2 nodes for the mesh, linux/amd64 and linux/arm64."],
    ],
    [
      "no nodes",
      [],
      [
        "error: None of the cluster's 0 nodes can run istiod: 0 ready, 0 of them open to pods (not cordoned or tainted), platforms: none.",
      ],
    ],
    [
      "no node that is ready",
      [node("a", { ready: false })],
      [
        "error: None of the cluster's 1 node can run istiod: 0 ready, 0 of them open to pods (not cordoned or tainted), platforms: linux/amd64.",
      ],
    ],
    [
      "only nodes that take no pods",
      [node("a", { schedulable: false }), node("w", { platform: "windows/amd64" })],
      [
        "error: None of the cluster's 2 nodes can run istiod: 2 ready, 1 of them open to pods (not cordoned or tainted), platforms: linux/amd64 and windows/amd64.",
      ],
    ],
    ["one node down", [node("a"), node("b", { ready: false })], ["warning: b is not ready."]],
    [
      "an architecture without images",
      [node("a"), node("s", { platform: "linux/s390x" })],
      ["warning: s is of an architecture that Istio has no images for."],
    ],
    [
      "Windows beside Linux",
      [node("a"), node("w", { platform: "windows/amd64" })],
      ["ok: 1 node for the mesh, linux/amd64."],
    ],
    [
      "a kubelet newer than the API server, and one too old",
      [node("a", { kubelet: "v1.34.0" }), node("b", { kubelet: "v1.29.0" })],
      [
        "warning: The kubelets of a (v1.34.0) and b (v1.29.0) don't go with the API server's v1.33.4.",
      ],
    ],
    [
      "a kubelet three minors behind",
      [node("a", { kubelet: "v1.30.0" })],
      ["ok: 1 node for the mesh, linux/amd64."],
    ],
  ];
  for (const [what, nodes, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(judged(...nodes), expected));
  }
});
