import assert from "node:assert/strict";
import type { KubeObject } from "../../../../lab/engine/kube-client";
import { readiness } from "../../../../lab/engine/readiness";

const object = (
  apiVersion: string,
  kind: string,
  fields: Record<string, unknown>,
  metadata: Partial<KubeObject["metadata"]> = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: "x", generation: 2, ...metadata },
  ...fields,
});

const deployment = (status: object, metadata = {}): KubeObject =>
  object("apps/v1", "Deployment", { spec: { replicas: 2 }, status }, metadata);

const ROLLED_OUT = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const isReady = (subject: KubeObject): boolean => readiness(subject).ready;

describe("readiness", () => {
  it("waits for a Deployment until its newest form is seen, updated, available and alone", () => {
    assert.ok(isReady(deployment(ROLLED_OUT)));
    for (const behind of [
      { observedGeneration: 1 },
      { updatedReplicas: 1 },
      { availableReplicas: 1 },
      { replicas: 3 },
    ]) {
      assert.ok(!isReady(deployment({ ...ROLLED_OUT, ...behind })), JSON.stringify(behind));
    }
    assert.deepEqual(readiness(deployment({ ...ROLLED_OUT, availableReplicas: 1 })), {
      ready: false,
      waitingFor: "pods, 1 of 2 ready",
    });
  });

  it("gives up on a Deployment that missed its own deadline", () => {
    const conditions = [
      { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" },
    ];
    assert.deepEqual(readiness(deployment({ conditions })), {
      ready: false,
      failed: true,
      waitingFor: "its pods, for longer than its progress deadline",
    });
  });

  it("does not wait where pulumi.com/skipAwait says so", () => {
    assert.ok(isReady(deployment({}, { annotations: { "pulumi.com/skipAwait": "true" } })));
  });

  it("waits for the address of a load balancer, and of no other Service", () => {
    const service = (type: string, ingress?: object[]): KubeObject =>
      object("v1", "Service", { spec: { type }, status: { loadBalancer: { ingress } } });
    assert.ok(!isReady(service("LoadBalancer")));
    assert.ok(!isReady(service("LoadBalancer", [])));
    assert.ok(isReady(service("LoadBalancer", [{ hostname: "lb.example.org" }])));
    assert.ok(isReady(service("ClusterIP")));
  });

  it("waits for the token of a ServiceAccount's Secret, and for no other Secret", () => {
    const secret = (type: string, data?: object): KubeObject =>
      object("v1", "Secret", { type, data });
    assert.ok(!isReady(secret("kubernetes.io/service-account-token")));
    assert.ok(isReady(secret("kubernetes.io/service-account-token", { token: "dA==" })));
    assert.ok(isReady(secret("Opaque")));
  });

  it("waits for Jobs and CustomResourceDefinitions by their conditions", () => {
    const withCondition = (apiVersion: string, kind: string, type: string): KubeObject =>
      object(apiVersion, kind, { status: { conditions: [{ type, status: "True" }] } });
    assert.ok(isReady(withCondition("batch/v1", "Job", "Complete")));
    assert.deepEqual(readiness(withCondition("batch/v1", "Job", "Suspended")), {
      ready: false,
      waitingFor: "its completion",
    });
    assert.equal("failed" in readiness(withCondition("batch/v1", "Job", "Failed")), true);
    const crd = ["apiextensions.k8s.io/v1", "CustomResourceDefinition"] as const;
    assert.ok(isReady(withCondition(...crd, "Established")));
    assert.ok(!isReady(withCondition(...crd, "NamesAccepted")));
  });

  it("waits for DaemonSets and StatefulSets, and for no custom resource", () => {
    const daemons = { observedGeneration: 2, desiredNumberScheduled: 3, updatedNumberScheduled: 3 };
    assert.ok(!isReady(object("apps/v1", "DaemonSet", { status: daemons })));
    assert.ok(
      isReady(object("apps/v1", "DaemonSet", { status: { ...daemons, numberAvailable: 3 } })),
    );
    const set = { observedGeneration: 2, updatedReplicas: 1 };
    assert.ok(!isReady(object("apps/v1", "StatefulSet", { status: set })));
    assert.ok(isReady(object("apps/v1", "StatefulSet", { status: { ...set, readyReplicas: 1 } })));
    assert.ok(isReady(object("networking.istio.io/v1", "Gateway", {})));
  });
});
