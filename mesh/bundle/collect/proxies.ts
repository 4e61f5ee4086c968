import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { getFromPod } from "../../../kube/port-forward";
import { pool } from "../../check/pool";
import { within } from "../../check/within";
import { count } from "../../preflight/text";
import type { ClusterFolder } from "./folder";
import { containersOf, isReady, type PodItem } from "./pods";

const AT_ONCE = 4;
const SECONDS = 8;
const MOST_SIDECARS = 6;

/** Questions to istiod and to proxies, each answered on a port that only their own pod reaches. */
const ISTIOD = {
  port: 15014,
  paths: {
    "clusterz.json": "/debug/clusterz",
    "syncz.json": "/debug/syncz",
    "networkz.json": "/debug/networkz",
    "registryz.json": "/debug/registryz",
    "metrics.txt": "/metrics",
    "version.json": "/version",
  },
} as const;
const ENVOY = {
  port: 15000,
  paths: {
    "server_info.json": "/server_info",
    "clusters.txt": "/clusters",
    "listeners.txt": "/listeners",
    "certs.json": "/certs",
    "stats.txt": "/stats?usedonly",
  },
} as const;

/** What istiod, the gateways and some sidecars say of themselves. */
export async function collectProxies(
  folder: ClusterFolder,
  pods: readonly PodItem[],
  { signal, report }: { readonly signal: AbortSignal; readonly report: (line: string) => void },
): Promise<void> {
  const client = await folder.source.client();
  const questions = questionsTo(pods, (left) =>
    folder.leaveOut(`state of ${count(left, "sidecar")}`, `more than ${MOST_SIDECARS}`),
  );
  const calls = pool(AT_ONCE);
  let done = 0;
  await Promise.all(
    questions.map(({ pod: { metadata }, room, port, file, path }) =>
      calls(async () => {
        report(`istiod and proxies, ${++done} of ${questions.length}`);
        const { name, namespace = "" } = metadata;
        const answer = await folder.read(
          `${file} of ${namespace}/${name}`,
          within(SECONDS, signal, (end) =>
            getFromPod(client, { namespace, pod: name, port }, path, end),
          ),
        );
        if (answer !== undefined) {
          folder.add([room, namespace, name, file], parsed(answer));
        }
      }),
    ),
  );
}

interface Question {
  readonly pod: PodItem;
  /** Folder of the answers. */
  readonly room: string;
  readonly port: number;
  readonly file: string;
  readonly path: string;
}

/** @param leaveOut is told how many sidecars are not asked, if any */
function questionsTo(pods: readonly PodItem[], leaveOut: (left: number) => void): Question[] {
  const ready = pods.filter(isReady);
  const [gateways, sidecars] = [true, false].map((inSystem) =>
    ready.filter((pod) => hasProxy(pod) && isInSystem(pod) === inSystem),
  ) as [PodItem[], PodItem[]];
  if (sidecars.length > MOST_SIDECARS) {
    leaveOut(sidecars.length - MOST_SIDECARS);
  }
  return [
    ...ready.filter(isIstiod).map((pod) => ({ pod, room: "istiod", ...ISTIOD })),
    ...[...gateways, ...sidecars.slice(0, MOST_SIDECARS)].map((pod) => ({
      pod,
      room: "proxies",
      ...ENVOY,
    })),
  ].flatMap(({ paths, ...question }) =>
    Object.entries(paths).map(([file, path]) => ({ ...question, file, path })),
  );
}

const isIstiod = ({ metadata }: PodItem): boolean => metadata.labels?.["app"] === "istiod";
const isInSystem = ({ metadata }: PodItem): boolean => metadata.namespace === SYSTEM_NAMESPACE;
const hasProxy = (pod: PodItem): boolean =>
  containersOf(pod).some(({ name }) => name === "istio-proxy");

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
