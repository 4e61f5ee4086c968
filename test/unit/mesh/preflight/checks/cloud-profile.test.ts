import assert from "node:assert/strict";
import { judgeCloud, type CloudFacts } from "../../../../../mesh/preflight/checks/cloud-profile";
import { said, viewOf } from "../../../../support/preflight";

const judged = (cloud: string, facts: Partial<CloudFacts>) =>
  said(
    judgeCloud(
      { server: "192.0.2.1", providerIds: [], labels: [], ...facts },
      viewOf("own", { clusters: [{ name: "ncloud", cloud }, { name: "nhn" }] }),
    ),
  );

describe("preflight: cloud-profile", () => {
  it("has nothing against what it doesn't recognise, or recognises as what it is called", () => {
    assert.deepEqual(judged("nhn", {}), ["ok: Nothing speaks against cloud: nhn."]);
    assert.deepEqual(judged("gke", { providerIds: ["gce://p/z/n"] }), [
      "ok: Nothing speaks against cloud: gke.",
    ]);
  });

  const cases: readonly (readonly [string, Partial<CloudFacts>, string])[] = [
    ["generic", { providerIds: ["gce://p/z/n"] }, "gke (gce://p/z/n)"],
    ["nhn", { server: "x.kr.vnks.ntruss.com" }, "ncloud (x.kr.vnks.ntruss.com)"],
    ["generic", { labels: ["minikube.k8s.io/name"] }, "minikube (minikube.k8s.io/name)"],
  ];
  for (const [cloud, facts, seen] of cases) {
    it(`takes ${seen} for another cloud than ${cloud}`, () =>
      assert.deepEqual(judged(cloud, facts), [
        `warning: mesh:clusters says cloud: ${cloud}, the cluster looks like ${seen}.`,
      ]));
  }
});
