import { join } from "node:path";
import { debianEnvironment, debianFolders, type ToolEnvironment } from "./debian";
import { envoyEntry } from "./envoy";
import type { Extras } from "./extras";
import { goEntry } from "./go";
import { CERT_MANAGER, GO_MODULES, ISTIO, KUBERNETES } from "./go-modules";
import type { Part, PartId } from "./part";
import { parts } from "./parts";
import { planBuild, type BuildPlan } from "./plan";
import { platformObstacles } from "./platform";
import { platformFacts } from "./platform-facts";

export { EXTRAS, NO_EXTRAS, type Extra, type Extras } from "./extras";
export { imageArchives, serviceImage, type ImageArchive } from "./images";
export type { Part, PartId } from "./part";
export { parts } from "./parts";
export { makeParts, type BuildPlan, type MakeListener } from "./plan";
export {
  certManagerTag,
  istioTag,
  JAEGER_IMAGE,
  PEBBLE_IMAGE,
  REDIS_IMAGE,
  STATE_METRICS_IMAGE,
  VERSIONS,
} from "./versions";

/** What is missing in the cache on this machine, within a second. */
export async function buildPlan(extras: Extras): Promise<BuildPlan> {
  const all = parts(extras);
  const cached = await Promise.all(
    all.map(async (part): Promise<PartId[]> => ((await part.isCached()) ? [part.id] : [])),
  );
  return planBuild(all, new Set(cached.flat()));
}

/** Memory that compiling and linking takes at its peak, MiB. */
const BUILD_MEMORY = 3000;

/**
 * Everything that keeps this machine from making the `missing` parts and running the lab.
 *
 * @param runMemoryMebibytes what clusters that don't run yet will take
 * @returns one sentence per obstacle, each with what to do
 */
export async function obstacles(
  missing: readonly Part[],
  runMemoryMebibytes: number,
): Promise<string[]> {
  const isMissing = (id: PartId): boolean => missing.some((part) => part.id === id);
  const go = GO_MODULES.some(({ id }) => isMissing(`${id}-binaries`));
  return platformObstacles(await platformFacts(), {
    diskMebibytes: missing.reduce((sum, part) => sum + part.diskMebibytes, 0),
    memoryMebibytes: Math.max(runMemoryMebibytes, go ? BUILD_MEMORY : 0),
    go,
    python: isMissing("envoy"),
  });
}

/** Programs of the cache, by the name of their command. */
export type Binary =
  | "conntrack"
  | "containerd"
  | "ctr"
  | "envoy"
  | "etcd"
  | "helm"
  | "iptables"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kube-proxy"
  | "kube-scheduler"
  | "kubectl"
  | "kubelet"
  | "pilot-agent"
  | "pilot-discovery"
  | "runc"
  | "socat";

/** Absolute paths of the lab's programs; those of Debian run only with {@link toolEnv}. */
export function binaries(): Record<Binary, string> {
  const built = (command: Binary): string => join(goEntry(KUBERNETES), "bin", command);
  const istio = (command: Binary): string => join(goEntry(ISTIO), "bin", command);
  const debian = (path: string): string => join(debianFolders().root, path);
  return {
    conntrack: debian("usr/sbin/conntrack"),
    containerd: debian("usr/bin/containerd"),
    ctr: debian("usr/bin/ctr"),
    envoy: join(envoyEntry(), "envoy"),
    etcd: debian("usr/bin/etcd"),
    helm: built("helm"),
    iptables: debian("usr/sbin/iptables"),
    "kube-apiserver": built("kube-apiserver"),
    "kube-controller-manager": built("kube-controller-manager"),
    "kube-proxy": built("kube-proxy"),
    "kube-scheduler": built("kube-scheduler"),
    kubectl: built("kubectl"),
    kubelet: built("kubelet"),
    "pilot-agent": istio("pilot-agent"),
    "pilot-discovery": istio("pilot-discovery"),
    runc: debian("usr/sbin/runc"),
    socat: debian("usr/bin/socat"),
  };
}

/** Folder of the CNI plugins. */
export const cniPlugins = (): string => debianFolders().cniPlugins;

/** Environment in which the lab's programs run: added to the one of this process. */
export const toolEnv = (): ToolEnvironment => debianEnvironment([join(goEntry(KUBERNETES), "bin")]);

/** Folders of Istio's Helm charts. */
export function charts(): Record<"base" | "istiod" | "gateway" | "cni", string> {
  const folder = (chart: string): string => join(goEntry(ISTIO), "charts", chart);
  return {
    base: folder("base"),
    istiod: folder("istiod"),
    gateway: folder("gateway"),
    cni: folder("cni"),
  };
}

/** Folder of cert-manager's Helm chart, where the lab has it. */
export const certManagerChart = (): string => join(goEntry(CERT_MANAGER), "charts", "cert-manager");

/**
 * Removes everything that was fetched and built, and the folder when nothing else is in it. Entries
 * of other versions go only here: a running lab may still use them.
 */
export { cleanCache } from "./entry";
