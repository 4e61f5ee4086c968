import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { judge } from "../../../../mesh/check";
import { CHECKS } from "../../../../mesh/check/checks";
import { Unseen, type FactName, type Facts, type Sight } from "../../../../mesh/check/facts";
import type { Finding } from "../../../../mesh/finding";
import { cacertsOf, rootAuthority, signedBy } from "../../../support/certificate-authority";
import { days } from "../../../support/certificates";
import { viewOf } from "../../../support/preflight";
import { healthyMesh, unseen, withFacts, type HealthyMesh } from "../../../support/sights";

const place = ({ severity, check, cluster, peer }: Finding): string =>
  [severity, check, [cluster, peer].filter(Boolean).join(" → ")].filter(Boolean).join(" ");

const wrong = (findings: readonly Finding[]): string[] =>
  findings.filter(({ severity }) => severity === "error" || severity === "warning").map(place);

const none = (peer: string) => ({ clusters: [], istiod: `without ${peer}` });

/** Facts that need an istiod that runs. */
const OF_ISTIOD: FactName[] = ["watched", "networkGateways", "proxies", "servingChain"];

describe("the checks together", () => {
  let three: HealthyMesh;
  before(async () => {
    three = await healthyMesh(3);
  });

  it("find nothing wrong in a mesh that is in order, and look at everything in it", () => {
    const { findings, consequences } = judge(three.sights, three.world);
    assert.deepEqual(wrong(findings), []);
    assert.deepEqual(consequences, []);
    const found = new Set(findings.map(({ check }) => check));
    const silent = CHECKS.filter(({ name }) => !found.has(name)).map(({ name }) => name);
    assert.deepEqual(silent, ["visibility"]);
    for (const direction of ["remote-secret", "peer-synced", "gateway-reachable", "echo"]) {
      assert.equal(findings.filter(({ check }) => check === direction).length, 6, direction);
    }
  });

  /** What is broken, and all that is said about it. */
  const faults: readonly [
    what: string,
    breaks: (sights: readonly Sight[]) => readonly Sight[] | Promise<readonly Sight[]>,
    expected: readonly string[],
  ][] = [
    [
      "an API server that is away",
      (sights) =>
        withFacts(sights, "cluster2", (facts) => ({
          ...unseen("api-server", ...(Object.keys(facts) as FactName[])),
          apiServer: {
            failure: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
            view: viewOf(),
          },
        })),
      ["error api-server cluster2"],
    ],
    [
      "a cluster in which the mesh isn't deployed",
      (sights) =>
        withFacts(sights, "cluster2", () => ({
          ...unseen("istiod-ready", ...OF_ISTIOD),
          ...unseen("gateway-ready", "exposed", "gatewayAnswer", "upstreams", "reach"),
          systemNamespace: undefined,
          istiods: [],
          gateways: [],
          pods: [],
          cacerts: undefined,
          remoteSecrets: [],
          access: {},
          eastWest: undefined,
          openings: [],
          mtlsPolicies: [],
          rootConfigMaps: [],
          echoPods: [],
          echo: undefined,
        })),
      ["error deployed cluster2"],
    ],
    [
      "an istiod that is away, which its peers still hold for synced",
      (sights) =>
        withFacts(sights, "cluster1", ({ istiods }) => ({
          istiods: istiods.map((one) => ({ ...one, wanted: 0, available: 0 })),
          ...unseen("istiod-ready", ...OF_ISTIOD),
        })),
      ["error istiod-ready cluster1"],
    ],
    [
      "a remote secret that is gone, with everything that comes of it",
      (sights) =>
        withFacts(sights, "cluster1", (facts) => ({
          remoteSecrets: facts.remoteSecrets.filter(({ annotation }) => annotation !== "cluster3"),
          access: { cluster2: facts.access["cluster2"] as Facts["access"][string] },
          watched: facts.watched.map(({ istiod, clusters }) => ({
            istiod,
            clusters: clusters.filter(({ id }) => id !== "cluster3"),
          })),
          networkGateways: facts.networkGateways.filter(({ cluster }) => cluster !== "cluster3"),
          upstreams: facts.upstreams.slice(0, 2),
          echo: Array.from({ length: 20 }, () => facts.echo?.slice(0, 2) ?? []).flat(),
        })),
      ["error remote-secret cluster1 → cluster3"],
    ],
    [
      "a token that isn't known any more",
      (sights) =>
        withFacts(sights, "cluster1", (facts) => ({
          access: {
            ...facts.access,
            cluster2: { result: "refused", status: 401, reason: "Unauthorized" },
          },
          watched: [none("cluster2")].map(({ istiod }) => ({
            istiod,
            clusters: facts.watched[0]?.clusters.map((one) =>
              one.id === "cluster2" ? { ...one, syncStatus: "timeout" } : one,
            ) as Facts["watched"][number]["clusters"],
          })),
        })),
      ["error remote-token cluster1 → cluster2"],
    ],
    [
      "a gateway without pods, seen by both peers",
      (sights) =>
        ["cluster1", "cluster3"].reduce(
          (mesh, peer) =>
            withFacts(mesh, peer, (facts) => ({
              reach: {
                ...facts.reach,
                cluster2: [{ address: "198.51.100.2", outcome: "refused", said: "refused" }],
              },
              echo: facts.echo?.map((answer) =>
                answer.body?.cluster === "cluster2" ? { status: 503, milliseconds: 1 } : answer,
              ),
            })),
          withFacts(sights, "cluster2", ({ gateways }) => ({
            gateways: gateways.map((one) => ({ ...one, available: 0 })),
            ...unseen("gateway-ready", "exposed", "gatewayAnswer", "upstreams", "reach"),
          })),
        ),
      ["error gateway-ready cluster2", "error gateway-ready cluster2"],
    ],
    [
      "one direction whose packets are dropped",
      (sights) =>
        withFacts(sights, "cluster1", (facts) => ({
          reach: {
            ...facts.reach,
            cluster2: [{ address: "198.51.100.2", outcome: "silent", said: "i/o timeout" }],
          },
          echo: [...(facts.echo ?? []).filter(({ body }) => body?.cluster !== "cluster2")],
        })),
      ["error gateway-reachable cluster1 → cluster2"],
    ],
    [
      "one cluster of three under another root",
      async (sights) => {
        const root = await rootAuthority("another");
        const files = await cacertsOf(root, await signedBy(root, "cluster2"));
        return withFacts(sights, "cluster2", () => ({ cacerts: files }));
      },
      ["error root-ca cluster2"],
    ],
    [
      "a namespace that names another network",
      (sights) =>
        withFacts(sights, "cluster2", () => ({
          systemNamespace: { labels: { "topology.istio.io/network": "elsewhere" } },
          exposed: [],
          gatewayAnswer: undefined,
        })),
      ["error network cluster2"],
    ],
    [
      "requests that fail now and then",
      (sights) =>
        withFacts(sights, "cluster1", ({ echo }) => ({
          echo: [...(echo ?? []), { status: 503, milliseconds: 1 }],
        })),
      ["error echo-answers cluster1"],
    ],
    [
      "two things at once, apart from each other",
      (sights) =>
        withFacts(
          withFacts(sights, "cluster1", ({ mtlsPolicies }) => ({
            mtlsPolicies: mtlsPolicies.map((one) => ({ ...one, mode: "PERMISSIVE" })),
          })),
          "cluster3",
          () => ({ openings: [] }),
        ),
      ["error mesh-mtls cluster1", "error cross-network-gateway cluster3"],
    ],
    [
      "something that couldn't be looked at",
      (sights) =>
        withFacts(sights, "cluster1", () => ({
          cacerts: new Unseen("secrets is forbidden"),
          remoteSecrets: new Unseen("secrets is forbidden"),
        })),
      ["error visibility cluster1"],
    ],
  ];
  for (const [what, breaks, expected] of faults) {
    it(`name ${what}, and nothing else`, async () => {
      const { findings } = judge(await breaks(three.sights), three.world);
      assert.deepEqual(wrong(findings), expected);
    });
  }

  it("take the trust stack's word for which of two clusters has the wrong root", async () => {
    const two = await healthyMesh(2);
    const root = await rootAuthority("another");
    const files = await cacertsOf(root, await signedBy(root, "cluster2", days(730)));
    const sights = withFacts(two.sights, "cluster2", () => ({ cacerts: files }));
    const roots = [two.root.certificate].map((certificate) => fingerprint(certificate.rawData));
    assert.deepEqual(wrong(judge(sights, { ...two.world, roots }).findings), [
      "error root-ca cluster2",
    ]);
    assert.deepEqual(wrong(judge(sights, two.world).findings), ["error root-ca"]);
  });

  it("have names of their own, follow checks that are there, and never one another in a circle", () => {
    const names = CHECKS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const follows = new Map(CHECKS.map(({ name, follows: causes = [] }) => [name, causes]));
    for (const causes of follows.values()) {
      causes.forEach((cause) => assert(names.includes(cause), cause));
    }
    const visit = (name: string, path: readonly string[]): void => {
      assert(!path.includes(name), [...path, name].join(" → "));
      (follows.get(name) ?? []).forEach((cause) => visit(cause, [...path, name]));
    };
    names.forEach((name) => visit(name, []));
  });
});

const fingerprint = (der: ArrayBuffer): string =>
  new X509Certificate(Buffer.from(der)).fingerprint256;
