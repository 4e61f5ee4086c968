import { ECHO } from "../../../components/echo/constants";
import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { pool } from "../../check/pool";
import { count, unique } from "../../preflight/text";
import type { ClusterFolder } from "./folder";
import { containersOf, type PodItem } from "./pods";

const AT_ONCE = 4;
/** Of each cluster: the system's pods come first. */
const MOST_PODS = 40;
const MOST_LOG_BYTES = 1_048_576;

export interface LogOptions {
  /** Lines of each container's log, the last ones. */
  readonly logLines: number;
  /** Whether to take the logs of the applications' own containers, too. */
  readonly applicationLogs: boolean;
  readonly report: (line: string) => void;
}

interface Log {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Of the container that ran before this one. */
  readonly previous: boolean;
}

/** The last lines of the containers' logs. */
export async function collectLogs(
  folder: ClusterFolder,
  pods: readonly PodItem[],
  { report, ...options }: LogOptions,
): Promise<void> {
  if (pods.length > MOST_PODS) {
    folder.leaveOut(`logs of ${pods.length - MOST_PODS} pods`, `more than ${MOST_PODS}`);
  }
  const logs = logsOf(pods.slice(0, MOST_PODS));
  const chosen = logs.filter((log) => options.applicationLogs || isOfMesh(log));
  const others = unique(logs.filter((log) => !chosen.includes(log)).map(({ pod }) => pod));
  if (others.length > 0) {
    folder.leaveOut(
      `logs of the applications in ${count(others.length, "pod")}`,
      "they are the applications' own; --application-logs takes them, too",
    );
  }
  const calls = pool(AT_ONCE);
  let done = 0;
  await Promise.all(
    chosen.map((log) =>
      calls(async () => {
        report(`logs, ${++done} of ${chosen.length}`);
        const { namespace, pod, container, previous } = log;
        const file = `${container}${previous ? ".previous" : ""}.log`;
        const answer = await folder.read(
          `log ${namespace}/${pod}/${file}`,
          folder.source.api.answer(pathOfLog(log, options.logLines), "text/plain, */*"),
        );
        if (answer?.status === 200) {
          folder.add(["logs", namespace, pod, file], answer.body);
        }
      }),
    ),
  );
}

const logsOf = (pods: readonly PodItem[]): Log[] =>
  pods.flatMap((pod) =>
    containersOf(pod).flatMap(({ name: container, restartCount = 0 }) => {
      const { name, namespace = "" } = pod.metadata;
      const log = { namespace, pod: name, container, previous: false };
      return restartCount > 0 ? [log, { ...log, previous: true }] : [log];
    }),
  );

const pathOfLog = ({ namespace, pod, container, previous }: Log, lines: number): string => {
  const query = new URLSearchParams({
    container,
    tailLines: String(lines),
    limitBytes: String(MOST_LOG_BYTES),
    timestamps: "true",
    previous: String(previous),
  });
  return `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query.toString()}`;
};

const isOfMesh = ({ namespace, container }: Log): boolean =>
  namespace === SYSTEM_NAMESPACE || namespace === ECHO.namespace || container.startsWith("istio-");
