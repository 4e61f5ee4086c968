import type { PeerSync } from "../../mesh/check/facts";
import type { EchoAnswer } from "../../mesh/check/traffic/answer";
import { rowOf, type Row as TrafficRow } from "../../mesh/check/traffic/matrix";

/** What was seen from one cluster. */
export interface Observation {
  readonly cluster: string;
  readonly answers: readonly EchoAnswer[];
  readonly peers: readonly PeerSync[];
}

export interface Row extends TrafficRow {
  readonly peers: readonly PeerSync[];
}

export interface Verification {
  readonly ok: boolean;
  readonly rows: readonly Row[];
  /** One sentence for everything that is not as it should be. */
  readonly problems: readonly string[];
}

/**
 * Judges what was seen: every cluster has to answer every cluster, every request has to succeed,
 * every caller has to have a SPIFFE identity, and every istiod has to be in sync with every peer.
 */
export function judge(observations: readonly Observation[]): Verification {
  const clusters = observations.map(({ cluster }) => cluster);
  const rows = observations.map(({ cluster, answers, peers }) => ({
    ...rowOf(cluster, answers, clusters),
    peers,
  }));
  const problems = observations.flatMap((observation) => problemsOf(observation, clusters));
  return { ok: problems.length === 0, rows, problems };
}

function problemsOf(
  { cluster, answers, peers }: Observation,
  clusters: readonly string[],
): string[] {
  const failures = answers.filter(({ status }) => status !== 200);
  const anonymous = answers.filter(({ status, body }) => status === 200 && !body?.caller);
  const silent = clusters.filter((to) => !answers.some(({ body }) => body?.cluster === to));
  const strangers = unique(
    answers.flatMap(({ body }) => body?.cluster ?? []).filter((to) => !clusters.includes(to)),
  );
  return [
    ...(answers.length === 0 ? [`${cluster} sent no request.`] : []),
    ...(failures.length > 0
      ? [
          `${failures.length} of ${answers.length} requests from ${cluster} failed, the first with ${failures[0]?.status || failures[0]?.error}.`,
        ]
      : []),
    ...silent.map((to) => `${to} answered none of the ${answers.length} requests from ${cluster}.`),
    ...strangers.map((to) => `${to} answered ${cluster} and is no cluster of this mesh.`),
    ...(anonymous.length > 0
      ? [`${anonymous.length} requests from ${cluster} arrived without a SPIFFE identity.`]
      : []),
    ...clusters
      .filter((peer) => peer !== cluster)
      .flatMap((peer) => syncProblem(cluster, peer, peers)),
  ];
}

function syncProblem(cluster: string, peer: string, peers: readonly PeerSync[]): string[] {
  const status = peers.find(({ id }) => id === peer)?.syncStatus;
  return status === "synced"
    ? []
    : [`istiod of ${cluster} reports ${peer} as ${status ?? "unknown"} instead of synced.`];
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
