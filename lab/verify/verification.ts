/** One answer to one request, as the echo client prints it. */
export interface EchoAnswer {
  readonly status: number;
  readonly milliseconds: number;
  readonly body?: {
    readonly cluster?: string;
    readonly version?: string;
    readonly pod?: string;
    readonly caller?: string;
  };
  readonly error?: string;
}

/** What one istiod says of one cluster that it watches (debug/clusterz). */
export interface PeerSync {
  readonly id: string;
  /** `synced`, `syncing`, `timeout` or `closed`. */
  readonly syncStatus: string;
}

/** What was seen from one cluster. */
export interface Observation {
  readonly cluster: string;
  readonly answers: readonly EchoAnswer[];
  readonly peers: readonly PeerSync[];
}

/** One cell of the matrix: how often, and how fast, a cluster answered another. */
export interface Cell {
  readonly answers: number;
  readonly version: string | undefined;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface Row {
  readonly from: string;
  /** By answering cluster. */
  readonly to: Readonly<Record<string, Cell>>;
  readonly failed: number;
  readonly callers: readonly string[];
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
  const rows = observations.map((observation) => toRow(observation, clusters));
  const problems = observations.flatMap((observation) => problemsOf(observation, clusters));
  return { ok: problems.length === 0, rows, problems };
}

function toRow({ cluster, answers, peers }: Observation, clusters: readonly string[]): Row {
  return {
    from: cluster,
    to: Object.fromEntries(clusters.map((to) => [to, toCell(answers, to)])),
    failed: answers.filter(({ status }) => status !== 200).length,
    callers: unique(answers.flatMap(({ body }) => body?.caller ?? [])),
    peers,
  };
}

function toCell(answers: readonly EchoAnswer[], cluster: string): Cell {
  const own = answers.filter(({ body }) => body?.cluster === cluster);
  const times = own.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    answers: own.length,
    version: own[0]?.body?.version,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
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

/** The nearest-rank quantile of sorted values; NaN of none. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
