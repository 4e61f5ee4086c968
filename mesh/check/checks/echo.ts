import { directionCheck, ok, type Verdict } from "../check";
import type { EchoAnswer } from "../traffic/answer";
import { rowOf } from "../traffic/matrix";
import { enoughRequests } from "../traffic/send";

/** Everything that can keep one cluster's requests from another's pods. */
export const ECHO_CAUSES = [
  "istiod-ready",
  "echo-ready",
  "cluster-id",
  "network",
  "root-ca",
  "root-distributed",
  "intermediate-ca",
  "ca-expiry",
  "ca-in-use",
  "mesh-mtls",
  "gateway-ready",
  "gateway-address",
  "cross-network-gateway",
  "gateway-tls",
  "remote-secret",
  "remote-token",
  "peer-synced",
  "peer-gateway",
  "gateway-reachable",
  "peer-endpoints",
];

export const echo = directionCheck({
  name: "echo",
  column: "traffic",
  severity: "error",
  what: "Whether the peer's echo pods answer requests of this cluster's, as the mesh spreads them (--requests), and how fast",
  why: "It is what all the others are for: calls from one cluster to another.",
  fix: "kubectl -n echo logs deployment/echo -c istio-proxy shows what became of each request.",
  link: "https://istio.io/latest/docs/ops/common-problems/network-issues/",
  follows: ECHO_CAUSES,
  needs: ["echo"],
  judge: ({ echo: answers }, { config }, { cluster }) =>
    judgeEcho(answers, cluster.id, config.mesh.clusters.length),
});

/** More than this, and that a cluster never answered may be chance. */
const CHANCE = 0.001;

/** @param clusters how many there are to answer */
export function judgeEcho(
  answers: readonly EchoAnswer[] | undefined,
  peer: string,
  clusters: number,
): Verdict[] {
  if (answers === undefined) {
    return [];
  }
  const cell = rowOf("", answers, [peer]).to[peer];
  if (cell !== undefined && cell.answers > 0) {
    return [
      ok(
        `${peer} answered ${cell.answers} of ${answers.length} requests, p50 ${cell.p50.toFixed(1)} ms, p99 ${cell.p99.toFixed(1)} ms.`,
      ),
    ];
  }
  const failures = answers.filter(({ status }) => status !== 200);
  if (failures.length === 0 && (1 - 1 / clusters) ** answers.length > CHANCE) {
    return [
      {
        severity: "info",
        what: `${peer} answered none of ${answers.length} requests, which are too few to tell.`,
        fix: `--requests ${enoughRequests(clusters)}`,
      },
    ];
  }
  return [
    {
      severity: "error",
      what: `${peer} answered none of ${answers.length} requests${failures.length > 0 ? `; ${failures.length} failed, the first with ${reasonOf(failures[0])}` : ""}.`,
    },
  ];
}

/** Why a request failed. */
export const reasonOf = (failure: EchoAnswer | undefined): string =>
  `${failure?.status || failure?.error || "no answer"}`;
