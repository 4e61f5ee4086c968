import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { EAST_WEST_GATEWAY, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { contains, hostOf, isCidr, overlap } from "../addresses";
import { fleetCheck, ok, type LiveView, type PlacedVerdict, type Seen, type View } from "../check";
import type { Item } from "../cluster-api";
import { NODES, SERVICES, type NodeItem, type ServiceItem } from "../objects";
import { enumerate, unique } from "../text";

export const addressRanges = fleetCheck({
  name: "address-ranges",
  severity: "error",
  what: "Whether the pod or service range of a cluster, or one of its nodes, has the address of a peer's API server or east-west gateway",
  why: "Such an address never leaves the cluster: calls to the peer end at a pod of its own, or nowhere.",
  fix: "Give the peer's API server or load balancer another address (apiServer in mesh:clusters), or the cluster other ranges.",
  link: "https://istio.io/latest/docs/ops/deployment/deployment-models/#multiple-networks",
  gather: gatherAddresses,
  judge: (seen) => judgeAddresses(seen),
});

export interface AddressFacts {
  /** CIDRs of pods and Services, as far as the cluster tells. */
  readonly ranges: readonly string[];
  /** Addresses of its nodes in their own network. */
  readonly nodes: readonly string[];
  /** Addresses that peers call, by what is there. */
  readonly called: readonly { readonly what: string; readonly address: string }[];
}

interface RangeItem extends Item {
  readonly spec?: { readonly cidr?: string; readonly cidrs?: readonly string[] };
}

async function gatherAddresses({ api, cluster, kubeconfig }: LiveView): Promise<AddressFacts> {
  const [nodes, services, serviceRanges, calico, cilium] = await Promise.all([
    api.list<NodeItem>(NODES),
    api.list<ServiceItem>(SERVICES),
    api.list<RangeItem>("/apis/networking.k8s.io/v1/servicecidrs"),
    api.list<RangeItem>("/apis/crd.projectcalico.org/v1/ippools"),
    api.read<{ data?: Record<string, string> }>(
      "/api/v1/namespaces/kube-system/configmaps/cilium-config",
    ),
  ]);
  const server = hostOf(cluster.apiServer ?? kubeconfig.server);
  const gateway = services.find(
    ({ metadata }) =>
      metadata.namespace === SYSTEM_NAMESPACE && metadata.name === EAST_WEST_GATEWAY,
  );
  const ingress = gateway?.status?.loadBalancer?.ingress ?? [];
  const [apiAddresses, gatewayAddresses] = await Promise.all([
    resolve([server]),
    resolve(ingress.flatMap(({ ip, hostname }) => ip ?? hostname ?? [])),
  ]);
  return {
    ranges: unique(
      [
        ...nodes.flatMap(({ spec }) => spec?.podCIDRs ?? []),
        ...serviceRanges.flatMap(({ spec }) => spec?.cidrs ?? []),
        ...calico.flatMap(({ spec }) => spec?.cidr ?? []),
        ...(cilium?.data?.["cluster-pool-ipv4-cidr"] ?? "").split(/[\s,]+/),
      ].filter(isCidr),
    ),
    nodes: nodes.flatMap(({ status }) =>
      (status?.addresses ?? [])
        .filter(({ type }) => type === "InternalIP")
        .map(({ address }) => address),
    ),
    called: [
      ...apiAddresses.map((address) => ({ what: "API server", address })),
      ...gatewayAddresses.map((address) => ({ what: "east-west gateway", address })),
    ],
  };
}

/** Names that this machine can't resolve are left to the clusters' own DNS. */
async function resolve(hosts: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    hosts.map(async (host) =>
      isIP(host) !== 0
        ? [host]
        : (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address),
    ),
  );
  return found.flat();
}

type Place = Seen<AddressFacts> & { readonly view: Pick<View, "cluster"> };

export function judgeAddresses(seen: readonly Place[]): PlacedVerdict[] {
  const verdicts = seen.flatMap((here) =>
    seen.filter((there) => there !== here).flatMap((there) => swallowed(here, there)),
  );
  if (verdicts.length > 0 || seen.length === 0) {
    return verdicts;
  }
  const shared = sharedRanges(seen);
  return [
    ...(shared.length > 0
      ? [
          {
            severity: "info" as const,
            what: `Ranges that overlap between clusters: ${enumerate(shared)}; different networks may, they meet at gateways only.`,
          },
        ]
      : []),
    ok("No cluster's pods, Services or nodes have a peer's address."),
  ];
}

function swallowed(here: Place, there: Place): PlacedVerdict[] {
  return there.facts.called.flatMap(({ what, address }): PlacedVerdict[] => {
    const range = here.facts.ranges.find((cidr) => contains(cidr, address));
    const isNode = here.facts.nodes.includes(address);
    return range === undefined && !isNode
      ? []
      : [
          {
            severity: "error",
            cluster: here.view.cluster.id,
            peer: there.view.cluster.id,
            what: `The ${what} of ${there.view.cluster.id} has the address ${address}, which in ${here.view.cluster.id} ${isNode ? "is a node's" : `lies in ${range}`}.`,
          },
        ];
  });
}

const sharedRanges = (seen: readonly Place[]): string[] =>
  seen.flatMap((here, index) =>
    seen
      .slice(index + 1)
      .flatMap((there) =>
        here.facts.ranges.flatMap((one) =>
          there.facts.ranges
            .filter((other) => overlap(one, other))
            .map(
              (other) =>
                `${one} in ${here.view.cluster.id} and ${other} in ${there.view.cluster.id}`,
            ),
        ),
      ),
  );
