import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { clientFor, type KubeClient } from "../../kube/client";
import { execInPod } from "../../kube/pod-exec";
import { asker } from "../../kube/request";
import { adminKubeconfig } from "../../lab/paths";
import {
  ask,
  countFrom,
  NAMESPACE,
  reading,
  readingAndBooking,
  restart,
  theaterPods,
  underLoad,
  until,
  type Answer,
} from "../../lab/theater";
import { CHANCE_OF_TWO, chiSquare } from "../../lab/fit";
import { mesh, up } from "./support";

const CLUSTERS = ["ncloud", "nhn"] as const;
const SERVICES = {
  users: { url: "http://user-service:8081/users/?limit=1", shares: { ncloud: 70, nhn: 30 } },
  movies: { url: "http://movie-service:8082/movies/?limit=1", shares: { ncloud: 30, nhn: 70 } },
  bookings: {
    url: "http://booking-service:8083/bookings/?limit=1",
    shares: { ncloud: 50, nhn: 50 },
  },
} as const;
const REQUESTS = 2000;
/** Of a restart that takes three minutes. */
const MOST_BOOKINGS = 2250;
const SPREAD = ["user-service", "movie-service", "booking-service"];

const name = (container: { readonly name: string }): string => container.name;

describe("the theater on the lab", () => {
  let base = "";
  const clients: Record<string, KubeClient> = {};
  const api = (path: string): string => `${base}${path}`;
  const post = (path: string, body: unknown): Promise<Answer> =>
    ask(api(path), { method: "POST", body });
  const paths = (): string[] => Object.keys(SERVICES).map((path) => api(`/${path}/`));
  const idOf = ({ body }: Answer): string => (body as { id: string }).id;

  before(async () => {
    const { theaterUrl } = await up("--engine", "stand-in");
    assert(theaterUrl);
    base = theaterUrl.replace(/\/$/, "");
    for (const name of CLUSTERS) {
      clients[name] = await clientFor(adminKubeconfig(name));
    }
    await until("all services answer from both clouds", 120, async () => {
      const answers = await Promise.all(
        Object.keys(SERVICES).flatMap((path) =>
          Array.from({ length: 20 }, () => ask(api(`/${path}/`))),
        ),
      );
      return (
        answers.every(({ status }) => status === 200) &&
        CLUSTERS.every((name) => answers.some(({ cluster }) => cluster === name))
      );
    });
  });

  it("serves the page", async () => {
    const { status, headers, body } = await ask(api("/"));
    assert.equal(status, 200);
    assert.match(String(headers["content-type"]), /^text\/html/);
    assert.match(String(body), /<html/);
  });

  it("books through the public gateway, in both clouds, over one store", async () => {
    const user = await post("/users/", { name: "홍길동", email: "hong@example.com" });
    const movie = await post("/movies/", { title: "어벤져스", genre: "액션", year: 2019 });
    assert.deepEqual([user.status, movie.status], [201, 201]);
    const [userId, movieId] = [idOf(user), idOf(movie)];
    const made = [];
    for (let row = 0; row < 20; row++) {
      const seats = [`${String.fromCharCode(65 + row)}1`];
      made.push(await post("/bookings/", { userId, movieId, seats }));
    }
    assert(made.every(({ status }) => status === 201));
    assert.deepEqual([...new Set(made.map(({ cluster }) => cluster))].sort(), [...CLUSTERS]);
    const ids = made.map(idOf).sort();
    for (let look = 0; look < 10; look++) {
      const { body } = await ask(api(`/bookings/user/${userId}`));
      assert.deepEqual((body as { id: string }[]).map(({ id }) => id).sort(), ids);
    }
    const twice = await post("/bookings/", { userId, movieId, seats: ["A1"] });
    assert.equal(twice.status, 409);
    const stranger = await post("/bookings/", { userId: "nobody", movieId, seats: ["B2"] });
    assert.equal(stranger.status, 422);
  });

  // Six tests: chance alone would fail one run in 167. What doesn't fit is counted anew, once: wrong
  // weights fail again, chance does so once in 167,000 runs.
  it("divides each cluster's requests by the configured weights", async () => {
    const fits = async (service: keyof typeof SERVICES, from: string): Promise<boolean> => {
      const { url, shares } = SERVICES[service];
      const counts = await countFrom(from, url, REQUESTS);
      console.log(`      ${service} from ${from}: ${JSON.stringify(counts)}`);
      assert.deepEqual(Object.keys(counts).sort(), [...CLUSTERS]);
      return chiSquare(counts, shares) < CHANCE_OF_TWO;
    };
    for (const service of Object.keys(SERVICES) as (keyof typeof SERVICES)[]) {
      await Promise.all(
        CLUSTERS.map(async (from) =>
          assert((await fits(service, from)) || (await fits(service, from)), `${service}, ${from}`),
        ),
      );
    }
  });

  it("goes through the demo's check list in one command", async () => {
    const { exitCode, stdout, stderr } = await mesh("demo");
    assert.equal(exitCode, 0, stdout + stderr);
    const lines = stdout.split("\n").filter((line) => /^[✔✖]/u.test(line));
    console.log(lines.map((line) => `      ${line}`).join("\n"));
    assert.equal(lines.length, 13);
    assert(lines.every((line) => line.startsWith("✔")));
  });

  it("answers marked requests from the canary's cluster, all of them", async () => {
    const marked = { "x-canary": "true" };
    for (const { url } of Object.values(SERVICES)) {
      for (const from of CLUSTERS) {
        assert.deepEqual(await countFrom(from, url, 200, marked), { nhn: 200 });
      }
    }
    const answer = await ask(api("/users/"), { headers: marked });
    assert.equal(answer.cluster, "nhn", "the gateway hands the mark on");
  });

  it("divides otherwise at once, 0 being 0, and says what the configuration still says", async () => {
    const { url } = SERVICES.users;
    try {
      for (const to of CLUSTERS) {
        const shares = CLUSTERS.map((name) => `${name}=${name === to ? 100 : 0}`);
        const changed = await mesh("traffic", "user", ...shares, "--yes");
        assert.equal(changed.exitCode, 0, changed.stderr);
        assert.match(changed.stdout, /configuration still says ncloud 70 : nhn 30/);
        const seconds = await until(
          `all requests go to ${to}`,
          20,
          async () => (await countFrom("ncloud", url, 50))[to] === 50,
        );
        console.log(`      100 % to ${to} after ${seconds.toFixed(1)} s`);
        assert.deepEqual(await countFrom("ncloud", url, 500), { [to]: 500 });
      }
    } finally {
      const back = await mesh("--json", "traffic", "user", "ncloud=70", "nhn=30", "--yes");
      assert.equal(back.exitCode, 0, back.stderr);
    }
    const refused = await mesh("traffic", "user", "ncloud=90", "nhn=20", "--yes");
    assert.equal(refused.exitCode, 2);
  });

  it("breaks the circuit to pods that really fail, and is put back", async () => {
    const played = await mesh("--json", "scenario", "run", "circuit-breaker", "--yes");
    assert.equal(played.exitCode, 0, played.stdout + played.stderr);
    const { seen } = JSON.parse(played.stdout) as {
      seen: { byStatus: Record<string, number> };
    };
    console.log(`      ${JSON.stringify(seen)}`);
    assert((seen.byStatus["500"] ?? 0) >= 5);
    const reset = await mesh("--json", "scenario", "reset");
    assert.deepEqual(JSON.parse(reset.stdout), { changed: [] });
  });

  it("lets nobody call what no policy allows, with an identity or without", async () => {
    const client = clients["ncloud"] as KubeClient;
    const { items } = await client.core.listNamespacedPod({
      namespace: "echo",
      labelSelector: "app=echo",
    });
    const pod = items[0]?.metadata?.name ?? assert.fail("no echo pod");
    const output = await execInPod(client, { namespace: "echo", pod, container: "echo" }, [
      "/usr/local/bin/node",
      "/app/client.js",
      `http://user-service.${NAMESPACE}:8081/users/`,
      "5",
    ]);
    const statuses = output
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { status: number }).status);
    assert.deepEqual(statuses, Array(5).fill(403));

    // The gateway's identity may call the services, but not their store.
    assert.match(await readStore("api-gateway", client), /refused|RESET|closed|reset/i);
    assert.equal(await readStore("user-service", client), "-NOAUTH Authentication required.");
  });

  it("takes no pod with rights of its own, and its own pods have none", async () => {
    for (const client of Object.values(clients)) {
      const { metadata } = await client.core.readNamespace({ name: NAMESPACE });
      assert.equal(metadata?.labels?.["pod-security.kubernetes.io/enforce"], "restricted");
      const { items } = await client.core.listNamespacedPod({ namespace: NAMESPACE });
      assert(items.length >= 3);
      for (const { metadata: pod, spec } of items) {
        const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
        const names = containers.map(({ name }) => name);
        assert(names.includes("istio-validation") && !names.includes("istio-init"), pod?.name);
        assert.deepEqual(
          containers.filter(({ securityContext }) => securityContext?.capabilities?.add).map(name),
          [],
          pod?.name,
        );
      }
      const privileged = {
        metadata: { name: "intruder" },
        spec: {
          containers: [
            { name: "intruder", image: "example.com/any:1", securityContext: { privileged: true } },
          ],
        },
      };
      await assert.rejects(
        client.core.createNamespacedPod({ namespace: NAMESPACE, body: privileged, dryRun: "All" }),
        /violates PodSecurity .*restricted/,
      );
    }
  });

  it("refuses plaintext, also from the cluster's own API server", async () => {
    const client = clients["ncloud"] as KubeClient;
    const [pod] = await theaterPods(client, "user-service");
    const askApiServer = await asker(client, new AbortController().signal);
    const statusOf = async (port: number, path: string): Promise<number> => {
      const root = `/api/v1/namespaces/${NAMESPACE}/pods/${pod?.metadata?.name}:${port}/proxy`;
      return (await askApiServer({ path: `${root}/${path}` })).status;
    };
    assert((await statusOf(8081, "users/")) >= 500);
    // The same way to a port that the proxy answers itself.
    assert.equal(await statusOf(15021, "healthz/ready"), 200);
  });

  it("loses no request but those under way when a cloud's pods are gone", async () => {
    const client = clients["nhn"] as KubeClient;
    let lost = Infinity;
    const sent = await underLoad(reading(paths()), 50, async (now) => {
      try {
        await sleep(3000);
        await Promise.all(SPREAD.map((name) => scale(client, name, 0)));
        await Promise.all(
          SPREAD.map(async (app) => {
            for (const { metadata } of await theaterPods(client, app)) {
              await client.core.deleteNamespacedPod({
                namespace: NAMESPACE,
                name: metadata?.name ?? "",
                gracePeriodSeconds: 0,
              });
            }
          }),
        );
        lost = now();
        await sleep(12_000);
      } finally {
        await Promise.all(SPREAD.map((name) => scale(client, name, 1)));
      }
    });
    const failed = sent.filter(({ status }) => status !== 200);
    // In five seconds' time the last answer of a pod that was ending is long over.
    const away = sent.filter(({ second }) => second > lost + 5 && second < lost + 12);
    console.log(
      `      ${sent.length} requests, ${failed.length} failed; pods gone at ${lost.toFixed(1)} s: ${JSON.stringify(failed.slice(0, 10))}`,
    );
    assert(away.length > 100);
    assert.deepEqual(
      away.filter(({ status, cluster }) => status !== 200 || cluster === "nhn"),
      [],
    );
    assert(failed.length <= 20, `${failed.length} failed: more than can be under way`);
    await until("the cloud takes its share again", 60, async () => {
      const counts = await countFrom("ncloud", SERVICES.movies.url, 100);
      return (counts["nhn"] ?? 0) > 40;
    });
  });

  it("loses no request, read or booking, while every service is restarted in both clouds", async () => {
    const requests = await readingAndBooking(base, MOST_BOOKINGS);
    const sent = await underLoad(requests, 50, async () => {
      for (const name of CLUSTERS) {
        const client = clients[name] as KubeClient;
        await Promise.all([...SPREAD, "api-gateway"].map((app) => restart(client, app)));
      }
      await sleep(5000);
    });
    const failed = sent.filter(({ status }) => status !== 200 && status !== 201);
    const booked = sent.filter(({ status }) => status === 201);
    console.log(
      `      ${sent.length} requests, ${booked.length} bookings, ${failed.length} failed: ${JSON.stringify(failed.slice(0, 10))}`,
    );
    assert.deepEqual(failed, []);
    assert(booked.length > sent.length / 5);
  });
});

const scale = async (client: KubeClient, name: string, replicas: number): Promise<void> => {
  const { AppsV1Api, PatchStrategy, setHeaderOptions } = await import("@kubernetes/client-node");
  await client.config
    .makeApiClient(AppsV1Api)
    .patchNamespacedDeploymentScale(
      { namespace: NAMESPACE, name, body: { spec: { replicas } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
};

/** What redis says to somebody without a password, or why it says nothing. */
async function readStore(app: string, client: KubeClient): Promise<string> {
  const [pod] = await theaterPods(client, app);
  const output = await execInPod(
    client,
    { namespace: NAMESPACE, pod: pod?.metadata?.name ?? "", container: app },
    [
      "/usr/local/bin/node",
      "-e",
      `const socket = require("node:net").connect(6379, "redis", () => socket.write("GET seeded\\r\\n"));
       const end = (text) => { console.log(text); process.exit(0); };
       socket.on("data", (data) => end(String(data).trim())).on("error", (error) => end(error.code))
         .on("close", () => end("closed"));
       setTimeout(() => end("refused by silence"), 5000);`,
    ],
  );
  return output.trim();
}
