import { Agent, request, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Deployment, V1Pod } from "@kubernetes/client-node";
import { clientFor, type KubeClient } from "../kube/client";
import { execInPod } from "../kube/pod-exec";
import { adminKubeconfig } from "./paths";

export const NAMESPACE = "theater-msa";

/** One answer of the theater; status 0 when there was none. */
export interface Answer {
  readonly status: number;
  /** `X-Service-Cluster`: who answered. */
  readonly cluster: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  readonly error?: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly agent?: Agent;
}

const TIMEOUT_MS = 15_000;

/** Calls the theater from outside, as a browser would. */
export const ask = (
  url: string,
  { method = "GET", headers, body, agent }: Ask = {},
): Promise<Answer> =>
  new Promise((resolve) => {
    const failed = (error: Error): void =>
      resolve({
        status: 0,
        cluster: undefined,
        headers: {},
        body: undefined,
        error: error.message,
      });
    const sent = request(
      url,
      {
        method,
        ...(agent && { agent }),
        timeout: TIMEOUT_MS,
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      },
      (response) => {
        let text = "";
        response
          .setEncoding("utf8")
          .on("data", (chunk: string) => (text += chunk))
          .on("error", failed)
          .on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              cluster: response.headers["x-service-cluster"] as string | undefined,
              headers: response.headers,
              body:
                text.startsWith("{") || text.startsWith("[") ? (JSON.parse(text) as unknown) : text,
            }),
          );
      },
    );
    sent.on("error", failed).on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });

export const theaterPods = async (client: KubeClient, app: string): Promise<V1Pod[]> => {
  const { items } = await client.core.listNamespacedPod({
    namespace: NAMESPACE,
    labelSelector: `app=${app}`,
  });
  return items.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
};

/**
 * Asks from within a pod of the theater's gateway, whose identity may call the services, and counts
 * who answered: cluster, or `status <n>` for anything but 200.
 */
export async function countFrom(
  cluster: string,
  url: string,
  requests: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<Record<string, number>> {
  const client = await clientFor(adminKubeconfig(cluster));
  const [pod] = await theaterPods(client, "api-gateway");
  const output = await execInPod(
    client,
    { namespace: NAMESPACE, pod: pod?.metadata?.name ?? "", container: "api-gateway" },
    ["/usr/local/bin/node", "-e", COUNT, url, String(requests), JSON.stringify(headers)],
  );
  return JSON.parse(output) as Record<string, number>;
}

const COUNT = `
const { Agent, get } = require("node:http");
const [url, requests, headers] = process.argv.slice(1);
const agent = new Agent({ keepAlive: true });
const counts = {};
const ask = () => new Promise((resolve) => {
  const counted = (key) => { counts[key] = (counts[key] || 0) + 1; resolve(); };
  get(url, { agent, headers: JSON.parse(headers) }, (response) => {
    response.resume().on("end", () => counted(
      response.statusCode === 200 ? response.headers["x-service-cluster"] : "status " + response.statusCode));
  }).on("error", (error) => counted(error.code));
});
(async () => {
  let left = Number(requests);
  await Promise.all(Array.from({ length: 4 }, async () => { while (left-- > 0) await ask(); }));
  agent.destroy();
  console.log(JSON.stringify(counts));
})();
`;

/** Waits until a question is answered by yes. @throws Error after this time, with what it waits for */
export async function until(
  what: string,
  seconds: number,
  isSo: () => Promise<boolean>,
): Promise<number> {
  const start = performance.now();
  for (;;) {
    if (await isSo()) {
      return (performance.now() - start) / 1000;
    }
    if (performance.now() - start > seconds * 1000) {
      throw new Error(`${what}: not within ${seconds} s`);
    }
    await sleep(250);
  }
}

/** One of many requests of a load. */
export interface Sent {
  /** When it was sent, in seconds since the load began. */
  readonly second: number;
  readonly status: number;
  readonly cluster: string | undefined;
  /** Method and URL. */
  readonly url: string;
  readonly error: string | undefined;
  /** What an answer from 400 on says. */
  readonly refusal?: unknown;
}

/** Requests of a load by their number, from 0. */
export type Requests = (number: number) => { readonly url: string } & Omit<Ask, "agent">;

/** Reads these URLs in turn. */
export const reading =
  (urls: readonly string[]): Requests =>
  (number) => ({ url: urls[number % urls.length] as string });

const SEATS = Array.from(
  { length: 400 },
  (_, seat) => `${String.fromCharCode(65 + Math.floor(seat / 20))}${(seat % 20) + 1}`,
);

/**
 * Three reads, then a booking of a seat that nobody has had, so that a request that is served twice
 * is refused the second time.
 *
 * @param base of the theater, without a slash at its end
 * @param bookings how many there can be at most
 * @throws Error where the theater takes no user or movie
 */
export async function readingAndBooking(base: string, bookings: number): Promise<Requests> {
  const create = async (path: string, body: unknown): Promise<string> => {
    const { status, body: made } = await ask(`${base}${path}`, { method: "POST", body });
    if (status !== 201) {
      throw new Error(`POST ${path} was answered ${status}: ${JSON.stringify(made)}`);
    }
    return (made as { id: string }).id;
  };
  const userId = await create("/users/", { name: "홍길동", email: "hong@example.com" });
  const movies = await Promise.all(
    Array.from({ length: Math.ceil(bookings / SEATS.length) }, (_, number) =>
      create("/movies/", { title: `어벤져스 ${number + 1}`, genre: "액션", year: 2019 }),
    ),
  );
  const paths = ["users", "movies", "bookings"].map((path) => `${base}/${path}/?limit=1`);
  return (number) => {
    const turn = number % (paths.length + 1);
    if (turn < paths.length) {
      return { url: paths[turn] as string };
    }
    const booking = Math.floor(number / (paths.length + 1));
    const body = {
      userId,
      movieId: movies[Math.floor(booking / SEATS.length)],
      seats: [SEATS[booking % SEATS.length]],
    };
    return { url: `${base}/bookings/`, method: "POST", body };
  };
}

/** Sends requests at a steady rate, for as long as `work` takes. */
export async function underLoad(
  requests: Requests,
  perSecond: number,
  work: (now: () => number) => Promise<void>,
): Promise<Sent[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const start = performance.now();
  const now = (): number => (performance.now() - start) / 1000;
  const sent: Promise<Sent>[] = [];
  let running = true;
  const load = (async () => {
    while (running) {
      const { url, ...options } = requests(sent.length);
      const second = now();
      sent.push(
        ask(url, { ...options, agent }).then(({ status, cluster, error, body }) => ({
          second,
          status,
          cluster,
          url: `${options.method ?? "GET"} ${url}`,
          error,
          ...(status >= 400 && { refusal: body }),
        })),
      );
      // By the clock: a busy machine is late with one and not with all that follow.
      await sleep(Math.max(0, (sent.length / perSecond - now()) * 1000));
    }
  })();
  try {
    await work(now);
  } finally {
    running = false;
    await load;
  }
  const all = await Promise.all(sent);
  agent.destroy();
  return all;
}

/** Restarts a Deployment as `kubectl rollout restart` does, and waits until it is over. */
export async function restart(client: KubeClient, name: string): Promise<void> {
  const { PatchStrategy } = await import("@kubernetes/client-node");
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: NAMESPACE },
  };
  const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
  await client.objects.patch(
    { ...deployment, spec: { template: { metadata: { annotations } } } },
    undefined,
    undefined,
    undefined,
    undefined,
    PatchStrategy.MergePatch,
  );
  await until(`${name} restarts`, 90, async () => {
    const { metadata, spec, status } = await client.objects.read<V1Deployment>(deployment);
    return (
      status?.observedGeneration === metadata?.generation &&
      status?.updatedReplicas === spec?.replicas &&
      status?.availableReplicas === spec?.replicas &&
      status?.replicas === spec?.replicas
    );
  });
}
