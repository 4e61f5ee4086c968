import assert from "node:assert/strict";
import fc from "fast-check";
import {
  judgeRoom,
  requestsOf,
  type PodRequest,
} from "../../../../../mesh/preflight/checks/capacity";
import { said, severities, viewOf, type Raw } from "../../../../support/preflight";

const MIB = 2 ** 20;
const node = (cpu: number, mebibytes: number) => ({ cpu, memory: mebibytes * MIB });
const pod = (name: string, replicas: number, cpu: number, mebibytes: number): PodRequest => ({
  name,
  replicas,
  ...node(cpu, mebibytes),
});
const FINE = ["ok: The nodes have room for istiod and the gateways."];

const requests = (cloud: string, over: Raw = {}) =>
  requestsOf(
    viewOf("own", { clusters: [{ name: "ncloud", cloud }, { name: "nhn" }], ...over }).config,
  );

describe("preflight: capacity", () => {
  it("reads from the stack's own values what it requests at least", () => {
    assert.deepEqual(requests("ncloud"), [
      pod("istiod", 2, 0.5, 2048),
      pod("istio-ingressgateway", 1, 0.1, 128),
      pod("istio-eastwestgateway", 1, 0.1, 128),
    ]);
    assert.deepEqual(
      requests("ncloud", {
        metricsServer: "none",
        istioValues: { istiod: { resources: { requests: { cpu: 1, memory: "4Gi" } } } },
      }),
      [
        pod("istiod", 2, 1, 4096),
        pod("istio-ingressgateway", 2, 0.1, 128),
        pod("istio-eastwestgateway", 2, 0.1, 128),
      ],
    );
    assert.deepEqual(requests("lab"), [
      pod("istiod", 1, 0.01, 100),
      pod("istio-ingressgateway", 1, 0.01, 40),
      pod("istio-eastwestgateway", 1, 0.01, 40),
    ]);
  });

  it("finds room on several nodes together", () => {
    assert.deepEqual(
      said(judgeRoom([node(1, 3000), node(1, 3000)], [pod("istiod", 2, 0.5, 2048)])),
      FINE,
    );
  });

  it("counts what is too big for what is left of every node", () => {
    assert.deepEqual(
      said(judgeRoom([node(2, 3000), node(0.2, 8000)], [pod("istiod", 2, 0.5, 2048)])),
      [
        "warning: No node has room left for 1 of 2 istiod (0.5 cores and 2048 MiB); free are 2 cores and 3000 MiB; 0.2 cores and 8000 MiB.",
      ],
    );
  });

  it("has no question where istiod runs already, or nodes are many", () => {
    assert.deepEqual(said(judgeRoom(undefined, [pod("istiod", 2, 0.5, 2048)])), [
      "ok: Room for istiod and the gateways is no question here.",
    ]);
  });

  it("is never content with less memory than is requested", () => {
    const nodes = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 4 });
    const pods = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3000 })),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(nodes, pods, (free, wanted) => {
        const verdicts = judgeRoom(
          free.map((memory) => node(100, memory)),
          wanted.map(([replicas, memory], index) => pod(`pod-${index}`, replicas, 0, memory)),
        );
        const total = wanted.reduce((sum, [replicas, memory]) => sum + replicas * memory, 0);
        const room = free.reduce((sum, memory) => sum + memory, 0);
        assert(total <= room || severities(verdicts).includes("warning"));
      }),
    );
  });
});
