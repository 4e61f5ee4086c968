import { CROSS_NETWORK_PORT, SYSTEM_NAMESPACE } from "../../components/istio/constants";
import type { Cluster, Mesh } from "../../config/model";
import type { Explained } from "../check/causes";
import { Unseen, type NetworkGateway, type Seen, type Sight } from "../check/facts";
import { imageVersion } from "../check/versions";
import { bySeverity, type Finding } from "../finding";
import { count, enumerate, unique } from "../preflight/text";
import { NOTHING, sentBy, type Sent } from "./counts";
import type { ClusterNode, Counts, Health, Link, ServiceNode, Topology } from "./model";
import type { MeshCounts } from "./proxies";

/** What was seen of a mesh, and what checks make of it. */
export interface Look extends Explained {
  readonly mesh: Mesh;
  readonly sights: readonly Sight[];
  readonly counts: MeshCounts;
  readonly at: Date;
}

/** Namespaces whose services are the mesh's and the clusters' own. */
const NOT_SHOWN: readonly string[] = [SYSTEM_NAMESPACE, "kube-system"];
const NOT_SHOWN_HOST = "kubernetes.default.svc.cluster.local";

/** Makes a picture of a mesh, of whatever could be seen of it. */
export function topologyOf(look: Look): Topology {
  const { mesh, sights } = look;
  const sent = mesh.clusters.flatMap(({ id }) => {
    const counts = look.counts[id];
    return counts === undefined || counts instanceof Unseen
      ? []
      : sentBy(id, counts.proxies, gatewaysKnownTo(id, sights));
  });
  return {
    mesh: mesh.id,
    takenAt: look.at.toISOString(),
    clusters: mesh.clusters.map((cluster) => clusterNode(cluster, look)),
    links: mesh.clusters.flatMap(({ id: from }) =>
      mesh.clusters.flatMap(({ id: to }) => (from === to ? [] : [link(from, to, look, sent)])),
    ),
    services: services(look, sent),
    missing: missing(look),
  };
}

/** What a cluster's proxies were told of the gateways; another's istiod says it where its own can't. */
function gatewaysKnownTo(id: string, sights: readonly Sight[]): readonly NetworkGateway[] {
  const ownFirst = sights.toSorted(
    (one, other) => Number(other.cluster.id === id) - Number(one.cluster.id === id),
  );
  const known = ownFirst
    .map(({ facts }) => valueOf(facts.networkGateways) ?? [])
    .find((gateways) => gateways.length > 0);
  return (known ?? []).filter(({ cluster }) => cluster !== id);
}

function clusterNode({ id, network, cloud }: Cluster, look: Look): ClusterNode {
  const facts = look.sights.find(({ cluster }) => cluster.id === id)?.facts;
  const apiServer = valueOf(facts?.apiServer);
  const [istiod] = valueOf(facts?.istiods) ?? [];
  const istio = istiod && imageVersion(istiod.image);
  const counts = valueOf(look.counts[id]);
  const own = findingsOf(look).filter((one) => one.cluster === id && one.peer === undefined);
  return {
    id,
    network,
    cloud: cloud.title,
    health: healthOf(own),
    trouble: troubleIn(own),
    ...(apiServer && "version" in apiServer && { kubernetes: apiServer.version }),
    ...(istio && { istio }),
    gateway: {
      addresses: (valueOf(facts?.eastWest)?.addresses ?? []).map(({ address }) => address),
      port: CROSS_NETWORK_PORT,
    },
    ...(counts && { proxies: { asked: counts.proxies.length, running: counts.running } }),
  };
}

function link(from: string, to: string, look: Look, sent: readonly Sent[]): Link {
  const about = findingsOf(look).filter((one) => one.cluster === from && one.peer === to);
  const through = sent.filter((one) => one.from === from && one.to === to);
  return {
    from,
    to,
    isCounted: valueOf(look.counts[from]) !== undefined,
    health: healthOf(about),
    trouble: troubleIn(about),
    ...total(through),
    connections: through.reduce((sum, { connections }) => sum + connections, 0),
  };
}

function services({ mesh, sights }: Look, sent: readonly Sent[]): ServiceNode[] {
  const exposed = sights.flatMap(({ cluster, facts }) =>
    (valueOf(facts.exposed) ?? []).map(({ host, port }) => ({ host, port, cluster: cluster.id })),
  );
  const used = sent.filter(({ requests, failed }) => requests + failed > 0);
  const keys = unique([...exposed, ...used].map(({ host, port }) => `${host}:${port}`));
  return keys
    .map((key): ServiceNode => {
      const [host = "", port] = key.split(":");
      const isIt = (one: { host: string; port: number }): boolean =>
        one.host === host && one.port === Number(port);
      const calls = used.filter(isIt);
      const sum = total(calls);
      return {
        host,
        port: Number(port),
        ...sum,
        clusters: unique(exposed.filter(isIt).map(({ cluster }) => cluster)),
        calls: calls.map(({ from, to, requests, failed }) => ({ from, to, requests, failed })),
        shares: sharesOf(
          calls,
          mesh.clusters.map(({ id }) => id),
        ),
      };
    })
    .filter(
      ({ host }) =>
        host !== NOT_SHOWN_HOST && !NOT_SHOWN.some((namespace) => isIn(namespace, host)),
    )
    .sort(
      (one, other) =>
        other.requests - one.requests ||
        one.host.localeCompare(other.host, "en") ||
        one.port - other.port,
    );
}

const isIn = (namespace: string, host: string): boolean => host.split(".")[1] === namespace;

/**
 * How the requests are shared out among the clusters that answer them.
 *
 * @param ids clusters, in the order in which they are to come
 */
export function sharesOf(
  calls: readonly { readonly to: string; readonly requests: number }[],
  ids: readonly string[],
): Record<string, number> {
  const all = calls.reduce((sum, { requests }) => sum + requests, 0);
  return all === 0
    ? {}
    : Object.fromEntries(
        ids
          .filter((id) => calls.some(({ to }) => to === id))
          .map((to) => [to, total(calls.filter((call) => call.to === to)).requests / all]),
      );
}

const total = (calls: readonly Partial<Counts>[]): Counts =>
  calls.reduce<Counts>(
    (sum, { requests = 0, failed = 0 }) => ({
      requests: sum.requests + requests,
      failed: sum.failed + failed,
    }),
    { requests: NOTHING.requests, failed: NOTHING.failed },
  );

const findingsOf = ({ findings, consequences }: Explained): readonly Finding[] => [
  ...findings,
  ...consequences,
];

/** The worst of some findings; what is only to know doesn't make it worse. */
function healthOf(findings: readonly Finding[]): Health {
  const has = (severity: Finding["severity"]): boolean =>
    findings.some((one) => one.severity === severity);
  return has("error")
    ? "error"
    : has("warning")
      ? "warning"
      : findings.length > 0
        ? "ok"
        : "unknown";
}

const troubleIn = (findings: readonly Finding[]): string[] =>
  bySeverity(findings)
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ what }) => what);

function missing({ mesh, sights, counts }: Look): string[] {
  const seen = sights.map(({ cluster }) => cluster.id);
  const notOpened = mesh.clusters.map(({ id }) => id).filter((id) => !seen.includes(id));
  const down = sights.flatMap(({ cluster, facts: { apiServer } }) => {
    const said = valueOf(apiServer);
    return said === undefined || "failure" in said ? [cluster.id] : [];
  });
  const ofCounts = seen
    .filter((id) => !down.includes(id))
    .flatMap((id) => {
      const read = counts[id];
      if (read === undefined || read instanceof Unseen) {
        return [`Requests of ${id} are not counted: ${read?.message ?? "nobody was asked"}.`];
      }
      const { proxies, running, silent } = read;
      const asked = proxies.length + silent.length;
      return [
        ...(running === 0 ? [`${id} has no proxy that is ready, so no requests to count.`] : []),
        ...(asked < running
          ? [`Requests of ${id} are those of ${proxies.length} of its ${running} proxies.`]
          : []),
        ...(silent.length > 0
          ? [
              `${count(silent.length, "proxy").replace(/ys$/, "ies")} of ${id} gave no answer: ${enumerate(silent, 3)}.`,
            ]
          : []),
      ];
    });
  return [
    ...(notOpened.length > 0
      ? [`${enumerate(notOpened)} was not looked at: its stack is left out, or has no file.`]
      : []),
    ...down.map((id) => `${id} could not be looked at: its API server can't be asked.`),
    ...ofCounts,
  ];
}

const valueOf = <T>(fact: Seen<T> | undefined): T | undefined =>
  fact instanceof Unseen ? undefined : fact;
