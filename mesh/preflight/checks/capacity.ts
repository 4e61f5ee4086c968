import {
  EAST_WEST_GATEWAY,
  INGRESS_GATEWAY,
  SYSTEM_NAMESPACE,
} from "../../../components/istio/constants";
import {
  eastWestGatewayValues,
  ingressGatewayValues,
} from "../../../components/istio/gateway-values";
import { istiodValues } from "../../../components/istio/istiod-values";
import { isObject, objectOr } from "../../../config/json";
import type { ClusterConfig, HelmValues } from "../../../config/model";
import { clusterCheck, ok, type LiveView, type Verdict } from "../check";
import type { Item } from "../cluster-api";
import { ISTIODS, isReady, isSchedulable, NODES, type NodeItem } from "../objects";
import { quantity } from "../quantity";

/** Beyond this many nodes a few pods more don't matter, and listing all pods would take long. */
const COUNTED_NODES = 30;
const PODS = `/api/v1/pods?fieldSelector=${encodeURIComponent("status.phase!=Succeeded,status.phase!=Failed")}`;

export const capacity = clusterCheck({
  name: "capacity",
  severity: "warning",
  what: "Whether the nodes have room for what istiod and the gateways request before the first up",
  why: "Pods that fit on no node stay pending, and up gives up on them after ten minutes.",
  fix: "Add nodes, or set smaller requests in mesh:istioValues.",
  link: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  gather: gatherRoom,
  judge: (room, { config }) => judgeRoom(room, requestsOf(config)),
});

export interface Resources {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** Free room per node; nothing where it doesn't matter. */
export type Room = readonly Resources[] | undefined;

export interface PodRequest extends Resources {
  readonly name: string;
  readonly replicas: number;
}

interface PodItem extends Item {
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly {
      readonly resources?: { readonly requests?: Readonly<Record<string, string>> };
    }[];
  };
}

async function gatherRoom({ api }: LiveView): Promise<Room> {
  const [nodes, istiods] = await Promise.all([api.list<NodeItem>(NODES), api.list<Item>(ISTIODS)]);
  const isDeployed = istiods.some(({ metadata }) => metadata.namespace === SYSTEM_NAMESPACE);
  const usable = nodes.filter((node) => isReady(node) && isSchedulable(node));
  if (isDeployed || usable.length === 0 || nodes.length > COUNTED_NODES) {
    return undefined;
  }
  const pods = await api.list<PodItem>(PODS);
  return usable.map(({ metadata, status }) => {
    const requests = pods
      .filter(({ spec }) => spec?.nodeName === metadata.name)
      .flatMap(({ spec }) => spec?.containers ?? [])
      .map(({ resources }) => resources?.requests ?? {});
    const free = (resource: "cpu" | "memory"): number =>
      requests.reduce(
        (left, request) => left - quantity(request[resource]),
        quantity(status?.allocatable?.[resource]),
      );
    return { cpu: free("cpu"), memory: free("memory") };
  });
}

/** What the stack's values ask for, at their fewest replicas. */
export function requestsOf(config: ClusterConfig): PodRequest[] {
  const args = {
    ...config,
    cluster: config.self,
    autoscale: config.platform.metrics !== "none",
  };
  const istiod = istiodValues(args);
  return [
    request("istiod", istiod, [istiod["autoscaleEnabled"], istiod["autoscaleMin"]]),
    ...(
      [
        [INGRESS_GATEWAY, ingressGatewayValues(args)],
        [EAST_WEST_GATEWAY, eastWestGatewayValues(args)],
      ] as const
    ).map(([name, values]) => {
      const { enabled, minReplicas } = objectOr(values["autoscaling"]);
      return request(name, values, [enabled, minReplicas]);
    }),
  ];
}

function request(
  name: string,
  values: HelmValues,
  [scales, least]: readonly [unknown, unknown],
): PodRequest {
  const requests = objectOr(objectOr(values["resources"])["requests"]);
  const number = (value: unknown): number => (typeof value === "number" ? value : 1);
  const amount = (value: unknown): number => (isObject(value) ? 0 : quantity(String(value)));
  return {
    name,
    replicas: number(scales === true ? least : values["replicaCount"]),
    cpu: amount(requests["cpu"]),
    memory: amount(requests["memory"]),
  };
}

/** Puts the biggest pods first into the emptiest nodes, as a scheduler roughly does. */
export function judgeRoom(room: Room, requests: readonly PodRequest[]): Verdict[] {
  if (room === undefined) {
    return [ok("Room for istiod and the gateways is no question here.")];
  }
  const free = room.map((node) => ({ ...node }));
  const pods = requests
    .flatMap((one) => Array.from({ length: one.replicas }, () => one))
    .toSorted((one, other) => other.memory - one.memory);
  const homeless = pods.filter(({ cpu, memory }) => {
    const node = free
      .toSorted((one, other) => other.memory - one.memory)
      .find((one) => one.cpu >= cpu && one.memory >= memory);
    if (node !== undefined) {
      node.cpu -= cpu;
      node.memory -= memory;
    }
    return node === undefined;
  });
  const names = requests
    .filter((one) => homeless.includes(one))
    .map(
      (one) =>
        `${homeless.filter((pod) => pod === one).length} of ${one.replicas} ${one.name} (${describe(one)})`,
    );
  return names.length > 0
    ? [
        {
          severity: "warning",
          what: `No node has room left for ${names.join(", ")}; free are ${room.map(describe).join("; ")}.`,
        },
      ]
    : [ok("The nodes have room for istiod and the gateways.")];
}

const describe = ({ cpu, memory }: Resources): string =>
  `${Math.round(cpu * 100) / 100} cores and ${Math.round(memory / 2 ** 20)} MiB`;
