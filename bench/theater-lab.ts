import { setTimeout as sleep } from "node:timers/promises";
import { clientFor, type KubeClient } from "../kube/client";
import { execInPod } from "../kube/pod-exec";
import { firstFit, type Served } from "../lab/fit";
import { adminKubeconfig } from "../lab/paths";
import {
  NAMESPACE,
  readingAndBooking,
  restart,
  theaterPods,
  underLoad,
  until,
  ask,
} from "../lab/theater";
import type { UpResult } from "../lab/up";
import { quantile } from "../mesh/check/traffic/matrix";
import { readRoute, sharesOf, withShares, writeRoute } from "../mesh/theater/live-route";
import type { Shares } from "../mesh/theater/shares";
import { median, round, timed } from "./run";

const SERVICES = {
  user: "http://user-service:8081/users/?limit=1",
  movie: "http://movie-service:8082/movies/?limit=1",
  booking: "http://booking-service:8083/bookings/?limit=1",
} as const;
const SHARED_BY = ["ncloud", "nhn"] as const;

/** The theater on the lab: distances, how soon weights hold, and what a restart of everything costs. */
export async function benchTheaterLab(): Promise<object> {
  const { stdout } = await timed("npm", [
    ...["run", "--silent", "lab", "--", "--json", "up", "--engine", "stand-in"],
  ]);
  const base = (JSON.parse(stdout) as UpResult).theaterUrl?.replace(/\/$/, "");
  if (base === undefined) {
    throw new Error("the lab is up without the theater");
  }
  await until("the theater answers", 120, async () =>
    (await Promise.all(Object.keys(SERVICES).map((name) => ask(`${base}/${name}s/`)))).every(
      ({ status }) => status === 200,
    ),
  );
  return {
    latency: await measureLatency(),
    weights: await measureWeights(),
    restart: await measureRestart(base),
  };
}

const LATENCY_REQUESTS = 2000;

/** From the gateway's pod in the first cluster, over one connection, by the cluster that answered. */
async function measureLatency(): Promise<object> {
  const figures: Record<string, object> = {};
  for (const [service, url] of Object.entries(SERVICES)) {
    const served = await requestsOf("ncloud", url, { requests: LATENCY_REQUESTS, connections: 1 });
    const of = (cluster: string) => {
      const times = served
        .filter((each) => each.cluster === cluster)
        .map(({ milliseconds }) => milliseconds)
        .sort((one, other) => one - other);
      return {
        requests: times.length,
        p50: round(quantile(times, 0.5)),
        p99: round(quantile(times, 0.99)),
      };
    };
    figures[service] = { sameCluster: of("ncloud"), otherCluster: of("nhn") };
  }
  return { unit: "ms", redisIn: "ncloud", ...figures };
}

const CHANGES = 6;
const FITTING = 1000;
const WATCHED_SECONDS = 8;

/** From the moment in which both clusters' API servers have taken other weights. */
async function measureWeights(): Promise<object> {
  const clients = await Promise.all(SHARED_BY.map((name) => clientFor(adminKubeconfig(name))));
  const [client] = clients as [KubeClient];
  const configured = sharesOf(await readRoute(client, SHARED_BY[0], "user-service"));
  const others = Object.fromEntries(
    Object.entries(configured).map(([cluster, share]) => [cluster, 100 - share]),
  );
  const seconds: number[] = [];
  try {
    for (let change = 0; change < CHANGES; change++) {
      const shares = change % 2 === 0 ? others : configured;
      const watching = requestsOf("ncloud", SERVICES.user, {
        seconds: WATCHED_SECONDS,
        connections: 4,
      });
      await sleep(1500);
      await divide(clients, shares);
      const changed = Date.now();
      const later = (await watching).filter(({ at }) => at >= changed);
      const first = firstFit(later, shares, FITTING);
      if (first === undefined) {
        throw new Error(`of ${later.length} requests no ${FITTING} fit ${JSON.stringify(shares)}`);
      }
      seconds.push(round(((later[first]?.at ?? NaN) - changed) / 1000, 3));
    }
  } finally {
    await divide(clients, configured);
  }
  return {
    requests: FITTING,
    changes: [configured, others],
    secondsToTheFirstOfThem: { median: median(seconds), runs: seconds },
  };
}

async function divide(clients: readonly KubeClient[], shares: Shares): Promise<void> {
  for (const [index, client] of clients.entries()) {
    const live = await readRoute(client, SHARED_BY[index] ?? "", "user-service");
    await writeRoute(client, withShares(live, shares));
  }
}

const RATE = 100;
/** Of a restart that takes two minutes. */
const MOST_BOOKINGS = 3000;

/** Every service in one cluster after the other, as `kubectl rollout restart` does it. */
async function measureRestart(base: string): Promise<object> {
  const requests = await readingAndBooking(base, MOST_BOOKINGS);
  const start = performance.now();
  const sent = await underLoad(requests, RATE, async () => {
    for (const name of SHARED_BY) {
      const client = await clientFor(adminKubeconfig(name));
      const services = ["user-service", "movie-service", "booking-service", "api-gateway"];
      await Promise.all(services.map((app) => restart(client, app)));
    }
    await sleep(5000);
  });
  return {
    requestsPerSecond: round(sent.length / ((performance.now() - start) / 1000), 0),
    requests: sent.length,
    bookings: sent.filter(({ status }) => status === 201).length,
    failed: sent.filter(({ status }) => status !== 200 && status !== 201).length,
  };
}

interface Measured extends Served {
  readonly milliseconds: number;
}

interface Load {
  readonly connections: number;
  /** One of both ends it. */
  readonly requests?: number;
  readonly seconds?: number;
}

/** Asks from within a pod of the theater's gateway, whose identity may. @throws Error for any failure */
async function requestsOf(cluster: string, url: string, load: Load): Promise<Measured[]> {
  const client = await clientFor(adminKubeconfig(cluster));
  const [pod] = await theaterPods(client, "api-gateway");
  const target = { namespace: NAMESPACE, pod: pod?.metadata?.name ?? "", container: "api-gateway" };
  const output = await execInPod(client, target, [
    "/usr/local/bin/node",
    "-e",
    LOAD,
    url,
    JSON.stringify(load),
  ]);
  const served = JSON.parse(output) as [at: number, milliseconds: number, cluster: string][];
  return served
    .map(([at, milliseconds, answeredBy]) => ({ at, milliseconds, cluster: answeredBy }))
    .sort((one, other) => one.at - other.at);
}

const LOAD = `
const { Agent, get } = require("node:http");
const [url, text] = process.argv.slice(1);
const { connections, requests = Infinity, seconds = Infinity } = JSON.parse(text);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const end = performance.now() + seconds * 1000;
const served = [];
const ask = (list) => new Promise((resolve, reject) => {
  const at = performance.timeOrigin + performance.now();
  get(url, { agent }, (response) => {
    if (response.statusCode !== 200) reject(new Error("status " + response.statusCode));
    response.resume().on("end", () => {
      list.push([at, performance.timeOrigin + performance.now() - at, response.headers["x-service-cluster"]]);
      resolve();
    });
  }).on("error", reject);
});
(async () => {
  for (let warm = 0; warm < 50; warm++) await ask([]);
  let left = requests;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (left-- > 0 && performance.now() < end) await ask(served);
  }));
  agent.destroy();
  console.log(JSON.stringify(served));
})();
`;
