import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ECHO } from "../components/echo/constants";
import { echoVersion } from "../components/echo/echo";
import { exec } from "../lab/exec";
import { clientFor, type KubeClient } from "../kube/client";
import { apply } from "../lab/kube";
import { adminKubeconfig, paths } from "../lab/paths";
import { execInPod, findPod } from "../kube/pod-exec";
import type { UpResult } from "../lab/up";
import type { EchoAnswer } from "../mesh/check/traffic/answer";
import { quantile } from "../mesh/check/traffic/matrix";
import { round, timed } from "./run";

const REQUESTS = 900;
const WARM_UP = 100;

/** The lab's times and sizes, and what the mesh adds to a request, as ratios of one run. */
export async function benchLab({ cold }: { cold: boolean }): Promise<object> {
  await lab("down");
  const coldRun = cold ? await measureCold() : undefined;
  const first = await upLab();
  const again = await upLab();
  return {
    ...(coldRun && { cold: coldRun }),
    fromNothing: { seconds: first.seconds, steps: first.result.steps },
    again: { seconds: again.seconds },
    memoryMebibytes: await memoryOfLab(),
    cacheMebibytes: await sizeOf(paths.cache),
    dataPath: await measureDataPath(),
    topology: await measureTopology(),
  };
}

const DRAWINGS = 5;

/** The mesh as a picture, from the command to the file. */
async function measureTopology(): Promise<object> {
  const seconds: number[] = [];
  for (let drawing = 0; drawing < DRAWINGS; drawing++) {
    const run = await timed("npm", ["run", "--silent", "mesh", "--", "--lab", "topology"]);
    seconds.push(round(run.seconds));
  }
  return {
    seconds: quantile(
      seconds.toSorted((one, other) => one - other),
      0.5,
    ),
    runs: seconds,
  };
}

const lab = (...args: string[]) => timed("npm", ["run", "--silent", "lab", "--", ...args]);

async function upLab(env: Record<string, string> = {}) {
  const { seconds, stdout } = await timed(
    "npm",
    ["run", "--silent", "lab", "--", "--json", "up", "--engine", "stand-in"],
    env,
  );
  return { seconds, result: JSON.parse(stdout) as UpResult };
}

/** A cache of its own, so that the real one stays; its size is looked at while it grows. */
async function measureCold(): Promise<object> {
  const cache = await mkdtemp(join(tmpdir(), "mesh-lab-cold-"));
  let peak = 0;
  const watch = setInterval(() => {
    void sizeOf(cache).then((size) => (peak = Math.max(peak, size)));
  }, 20_000);
  try {
    const { seconds, result } = await upLab({ MESH_LAB_CACHE: cache });
    return {
      seconds,
      steps: result.steps,
      peakCacheMebibytes: peak,
      cacheMebibytes: await sizeOf(cache),
    };
  } finally {
    clearInterval(watch);
    await lab("down");
    await rm(cache, { recursive: true, force: true });
  }
}

/**
 * Latency from ncloud's echo pod to its own container without any proxy, to its own cluster through
 * two sidecars, and to the other cluster through sidecar, east-west gateway and sidecar.
 */
async function measureDataPath(): Promise<object> {
  const client = await clientFor(adminKubeconfig("ncloud"));
  // The peer's gateway opens a way for a subset only where the subset is known there too.
  const both = [client, await clientFor(adminKubeconfig("nhn"))];
  const rules = routingRules();
  try {
    await Promise.all(both.map((cluster) => apply(cluster, rules)));
    await untilAnswered(client);
    const service = `http://${ECHO.name}.${ECHO.namespace}:${ECHO.port}/`;
    const direct = await latency(client, `http://127.0.0.1:${ECHO.port}/`, "local");
    const sameCluster = await latency(client, service, "local");
    const otherCluster = await latency(client, service, "remote");
    return {
      requests: REQUESTS,
      milliseconds: { direct, sameCluster, otherCluster },
      p50OfDirect: {
        sameCluster: round(sameCluster.p50 / direct.p50),
        otherCluster: round(otherCluster.p50 / direct.p50),
      },
      otherClusterOfSameCluster: {
        p50: round(otherCluster.p50 / sameCluster.p50),
        p99: round(otherCluster.p99 / sameCluster.p99),
      },
    };
  } finally {
    for (const { objects } of both) {
      for (const rule of rules) {
        await objects.delete(rule).catch(() => undefined);
      }
    }
  }
}

const HEADER = "x-bench-path";
const VERSIONS = { local: echoVersion({ index: 0 }), remote: echoVersion({ index: 1 }) };

/** A subset per cluster, and a header that chooses one. */
function routingRules() {
  const host = `${ECHO.name}.${ECHO.namespace}.svc.cluster.local`;
  const metadata = { name: "echo-bench", namespace: ECHO.namespace };
  const choices = Object.entries(VERSIONS);
  const destinationRule = {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata,
    spec: { host, subsets: choices.map(([name, version]) => ({ name, labels: { version } })) },
  };
  const virtualService = {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata,
    spec: {
      hosts: [host],
      http: [
        ...choices.map(([subset]) => ({
          match: [{ headers: { [HEADER]: { exact: subset } } }],
          route: [{ destination: { host, subset } }],
        })),
        { route: [{ destination: { host } }] },
      ],
    },
  };
  return [destinationRule, virtualService];
}

type Path = keyof typeof VERSIONS;

/** Waits until the rules have reached the proxies. */
async function untilAnswered(client: KubeClient): Promise<void> {
  const url = `http://${ECHO.name}.${ECHO.namespace}:${ECHO.port}/`;
  for (let tries = 0; tries < 60; tries++) {
    const answers = await request(client, url, "remote", 5);
    if (answers.every(({ body }) => body?.version === VERSIONS.remote)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the other cluster answered none of the requests that chose it");
}

async function latency(client: KubeClient, url: string, path: Path) {
  const answers = (await request(client, url, path, WARM_UP + REQUESTS)).slice(WARM_UP);
  const wrong = answers.filter(({ body }) => body?.version !== VERSIONS[path]);
  if (wrong.length > 0) {
    throw new Error(`${wrong.length} of ${answers.length} requests did not take the way ${path}`);
  }
  const times = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return { p50: round(quantile(times, 0.5)), p99: round(quantile(times, 0.99)) };
}

async function request(
  client: KubeClient,
  url: string,
  path: Path,
  count: number,
): Promise<EchoAnswer[]> {
  const pod = (await findPod(client, ECHO.namespace, `app=${ECHO.name}`))?.metadata?.name ?? "";
  const output = await execInPod(client, { namespace: ECHO.namespace, pod, container: ECHO.name }, [
    "/usr/local/bin/node",
    "/app/client.js",
    url,
    String(count),
    `${HEADER}=${path}`,
  ]);
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EchoAnswer);
}

/** Proportional set size of every process of the lab: what would be free without it. */
async function memoryOfLab(): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      try {
        const [cgroup, environ, rollup] = await Promise.all(
          ["cgroup", "environ", "smaps_rollup"].map((file) =>
            readFile(join("/proc", pid, file), "utf8"),
          ),
        );
        const isOurs = /mesh-lab/.test(cgroup ?? "") || /MESH_LAB_SCOPE=/.test(environ ?? "");
        return isOurs ? Number(/^Pss:\s+(\d+)/m.exec(rollup ?? "")?.[1] ?? 0) : 0;
      } catch {
        return 0;
      }
    }),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}

const sizeOf = async (folder: string): Promise<number> =>
  Number((await exec("du", ["-sm", folder]).catch(() => "0")).split("\t")[0]);
