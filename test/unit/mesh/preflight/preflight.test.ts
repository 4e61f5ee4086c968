import assert from "node:assert/strict";
import type { Finding } from "../../../../mesh/finding";
import { preflight } from "../../../../mesh/preflight";
import { FakeCluster } from "../../../support/fake-cluster";
import { meshOf, said } from "../../../support/preflight";

/**
 * Loopback addresses are refused as peers'; this one is said to be where the peers reach it. No name
 * server knows it (RFC 6761, section 6.4), so that looking for it takes no time.
 */
const APART = "https://api-server.invalid:6443";

describe("preflight", () => {
  let ncloud: FakeCluster;
  let nhn: FakeCluster;

  beforeEach(async () => {
    [ncloud, nhn] = await Promise.all([FakeCluster.empty("ncloud"), FakeCluster.empty("nhn")]);
  });
  const stray: unknown[] = [];
  const onStray = (reason: unknown): void => void stray.push(reason);
  before(() => void process.on("unhandledRejection", onStray));
  after(() => void process.off("unhandledRejection", onStray));
  afterEach(async () => {
    await Promise.all([ncloud.stop(), nhn.stop()]);
    // Outside of tests such a rejection ends the process.
    assert.deepEqual(stray.splice(0), []);
  });

  const run = async (seconds = 10): Promise<Finding[]> => {
    const raw = {
      clusters: [
        { name: "ncloud", cloud: "lab", apiServer: APART },
        { name: "nhn", cloud: "lab", apiServer: APART },
      ],
      istioCharts: "oci://charts.example.com",
      kubeconfigs: { ncloud: ncloud.kubeconfig, nhn: nhn.kubeconfig },
    };
    const mesh = meshOf({ trust: { ...raw, kubeconfigs: {} }, ncloud: raw, nhn: raw });
    return preflight(mesh, { signal: new AbortController().signal, timeoutSeconds: seconds });
  };
  const errors = (findings: readonly Finding[]): Finding[] =>
    findings.filter(({ severity }) => severity === "error");
  /** The address that nobody answers at is no matter of these tests. */
  const others = (findings: readonly Finding[]): Finding[] =>
    findings.filter(({ check }) => check !== "peer-api-server");
  /** What can only come of a look at the cluster itself, and not of its configuration. */
  const ofNhn = (findings: readonly Finding[]): Finding[] =>
    others(findings).filter(
      ({ severity, cluster, peer }) => severity !== "ok" && [cluster, peer].includes("nhn"),
    );

  it("finds nothing wrong with empty clusters", async () => {
    const findings = others(await run());
    assert.deepEqual(
      said(findings.filter(({ severity }) => ["error", "warning"].includes(severity))),
      [],
    );
    assert(findings.some(({ check, cluster }) => check === "nodes" && cluster === "nhn"));
  });

  it("changes nothing: it reads, and asks what it may", async () => {
    await run();
    const calls = [...ncloud.calls, ...nhn.calls];
    assert.deepEqual(
      [...new Set(calls.filter((call) => !call.startsWith("GET ")))],
      ["POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews"],
    );
  });

  it("asks nothing twice, though two stacks see each cluster", async () => {
    await run();
    const reads = ncloud.calls.filter((call) => call.startsWith("GET /api/v1/nodes"));
    assert.equal(reads.length, 1);
  });

  it("says of a dead cluster one thing, and judges the others as ever", async () => {
    await nhn.stop();
    const findings = others(await run());
    assert.deepEqual(
      ofNhn(findings).map(({ check }) => check),
      ["api-server"],
    );
    assert.match(errors(findings)[0]?.what ?? "", /of nhn .* refuses the connection/);
    assert.equal(errors(findings).length, 1);
    assert(findings.some(({ check, cluster }) => check === "nodes" && cluster === "ncloud"));
  });

  it("waits for a silent cluster no longer than told", async () => {
    nhn.fallback = "silence";
    nhn.replies.clear();
    const findings = ofNhn(await run(0.5));
    assert.deepEqual(
      findings.map(({ check }) => check),
      ["api-server"],
    );
    assert.match(findings[0]?.what ?? "", /doesn't answer: no answer within 0\.5 s/);
  });

  it("says one thing of a cluster that stops answering on the way", async () => {
    nhn.replies.set("/api/v1/nodes", "silence");
    assert.deepEqual(
      ofNhn(errors(await run(0.5))).map(({ check }) => check),
      ["api-server"],
    );
  });

  it("tells refused credentials from a cluster that isn't there", async () => {
    nhn.fallback = 401;
    nhn.replies.clear();
    const [error, ...rest] = errors(others(await run()));
    assert.deepEqual(rest, []);
    assert.match(error?.what ?? "", /doesn't know the kubeconfig's user/);
  });

  it("warns once of what it may not look at, naming the checks that would", async () => {
    nhn.replies.set("/api/v1/nodes", 403);
    const findings = others(await run());
    assert.deepEqual(errors(findings), []);
    assert.deepEqual(said(findings.filter(({ severity }) => severity === "warning")), [
      "warning nhn: clock-skew, address-ranges, nodes, capacity, cloud-profile and storage-class could not look: /api/v1/nodes is forbidden.",
    ]);
  });

  it("sees a clock that is off by the answers' date", async () => {
    nhn.ahead = 600_000;
    assert.deepEqual(
      errors(others(await run())).map(({ check, cluster }) => [check, cluster]),
      [["clock-skew", "nhn"]],
    );
  });

  it("sees two kubeconfigs that lead to one cluster", async () => {
    nhn.replies.set("/api/v1/namespaces/kube-system", {
      metadata: { name: "kube-system", uid: "ncloud" },
    });
    assert.deepEqual(
      errors(others(await run())).map(({ check, cluster }) => [check, cluster]),
      [["cluster-identity", "nhn"]],
    );
  });

  it("gives every finding that matters its why, its fix and its link", async () => {
    nhn.replies.set("/version", { gitVersion: "v1.20.0" });
    const [error] = errors(others(await run()));
    assert.equal(error?.check, "kubernetes-version");
    assert(error.why && error.fix && error.link?.startsWith("https://"));
  });

  it("ends when it is told to", async () => {
    const { signal } = ((): AbortController => {
      const controller = new AbortController();
      controller.abort(new Error("interrupted"));
      return controller;
    })();
    const raw = { clusters: [{ name: "ncloud" }], kubeconfigs: { ncloud: ncloud.kubeconfig } };
    await assert.rejects(preflight(meshOf({ ncloud: raw }), { signal }), /interrupted/);
  });
});
