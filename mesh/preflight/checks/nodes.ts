import { minorOf } from "../../../config/versions";
import { clusterCheck, ok, type Verdict } from "../check";
import { isReady, isSchedulable, NODES, type NodeItem } from "../objects";
import { count, enumerate, unique } from "../text";

/** Istio's images are built for these. */
const ARCHITECTURES = ["amd64", "arm64"];
/** Kubelets may be this many minors older than the API server, and none newer. */
const KUBELET_SKEW = 3;

export const nodes = clusterCheck({
  name: "nodes",
  severity: "error",
  what: "Whether there are ready Linux nodes of an architecture that Istio has images for, with kubelets within Kubernetes' version skew",
  why: "istiod and the gateways need a node that can run them.",
  fix: "Add a node pool of amd64 or arm64, or mend the nodes that aren't ready.",
  link: "https://kubernetes.io/docs/concepts/architecture/nodes/#condition",
  async gather({ api }): Promise<NodesFacts> {
    const [items, version] = await Promise.all([
      api.list<NodeItem>(NODES),
      api.read<{ gitVersion?: string }>("/version"),
    ]);
    return {
      apiServer: version?.gitVersion ?? "",
      nodes: items.map((item) => ({
        name: item.metadata.name,
        ready: isReady(item),
        schedulable: isSchedulable(item),
        platform: `${item.status?.nodeInfo?.operatingSystem}/${item.status?.nodeInfo?.architecture}`,
        kubelet: item.status?.nodeInfo?.kubeletVersion ?? "",
      })),
    };
  },
  judge: judgeNodes,
});

export interface NodesFacts {
  readonly apiServer: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly ready: boolean;
    readonly schedulable: boolean;
    /** `linux/amd64` */
    readonly platform: string;
    readonly kubelet: string;
  }[];
}

export function judgeNodes({ apiServer, nodes: all }: NodesFacts): Verdict[] {
  const ready = all.filter((node) => node.ready);
  const usable = ready.filter((node) => node.schedulable && isOurs(node.platform));
  if (usable.length === 0) {
    return [
      {
        severity: "error",
        what: `None of the cluster's ${count(all.length, "node")} can run istiod: ${ready.length} ready, ${ready.filter(({ schedulable }) => schedulable).length} of them open to pods (not cordoned or tainted), platforms: ${enumerate(unique(all.map(({ platform }) => platform))) || "none"}.`,
      },
    ];
  }
  const down = all.filter((node) => !node.ready);
  const strange = ready.filter(({ platform }) => !isOurs(platform) && platform.startsWith("linux"));
  const skewed = all.filter(({ kubelet }) => !withinSkew(kubelet, apiServer));
  const names = (some: readonly { readonly name: string }[]) =>
    enumerate(some.map(({ name }) => name));
  const verdicts: Verdict[] = [
    ...warning(down.length > 0, {
      what: `${names(down)} ${are(down)} not ready.`,
      fix: "kubectl describe node says why.",
    }),
    ...warning(strange.length > 0, {
      what: `${names(strange)} ${are(strange)} of an architecture that Istio has no images for.`,
      why: "Pods that land there never start.",
      fix: "Taint these nodes, or select nodes by kubernetes.io/arch in your workloads.",
    }),
    ...warning(skewed.length > 0, {
      what: `The kubelets of ${enumerate(skewed.map(({ name, kubelet }) => `${name} (${kubelet})`))} don't go with the API server's ${apiServer}.`,
      why: "Kubernetes supports kubelets up to three minors older than the API server, and none newer.",
      fix: "Upgrade the node pools.",
      link: "https://kubernetes.io/releases/version-skew-policy/#kubelet",
    }),
  ];
  const platforms = enumerate(unique(usable.map(({ platform }) => platform)));
  return verdicts.length > 0
    ? verdicts
    : [ok(`${count(usable.length, "node")} for the mesh, ${platforms}.`)];
}

const isOurs = (platform: string): boolean =>
  ARCHITECTURES.some((architecture) => platform === `linux/${architecture}`);

const are = (some: readonly unknown[]): string => (some.length === 1 ? "is" : "are");

const warning = (found: boolean, verdict: Omit<Verdict, "severity">): Verdict[] =>
  found ? [{ severity: "warning", ...verdict }] : [];

function withinSkew(kubelet: string, apiServer: string): boolean {
  const [own, server] = [kubelet, apiServer].map((version) =>
    Number(minorOf(version)?.split(".")[1] ?? NaN),
  ) as [number, number];
  return (
    Number.isNaN(own) || Number.isNaN(server) || (own <= server && server - own <= KUBELET_SKEW)
  );
}
