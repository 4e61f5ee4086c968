import assert from "node:assert/strict";
import { BOOKINFO } from "../../components/bookinfo/constants";
import { ECHO } from "../../components/echo/constants";
import { execInPod, findPod } from "../../kube/pod-exec";
import { deployer } from "../../lab/deploy";
import { deployerOptions } from "../../lab/mesh";
import { BOOKINFO_HOST } from "../../lab/stack-configs";
import { labClusters } from "../../lab/topology";
import { callEcho } from "../../mesh/check/traffic/send";
import { clientOf, object, removed } from "./faults";
import { addressOf, ask, gatewayHost } from "./http";
import { lab, up } from "./support";

const CLUSTERS = ["ncloud", "nhn"] as const;
const STAND_IN = ["--engine", "stand-in", "--with", "bookinfo"];
const REQUESTS = 400;
/** Chance passes by this many standard deviations once in 15,000 counts. */
const DEVIATIONS = 4;

/** How often reviews were answered by which version on which cluster, e.g. `v1 on ncloud`. */
async function count(from: string): Promise<Record<string, number>> {
  const client = await clientOf(from);
  const pod = await findPod(client, BOOKINFO.namespace, "app=client");
  const output = await execInPod(
    client,
    { namespace: BOOKINFO.namespace, pod: pod?.metadata?.name ?? "", container: "client" },
    [
      "/usr/local/bin/node",
      "/app/client.js",
      `http://reviews:${BOOKINFO.port}/reviews/1`,
      String(REQUESTS),
    ],
  );
  const counts: Record<string, number> = {};
  for (const line of output.split("\n").filter(Boolean)) {
    const { status, body, error } = JSON.parse(line) as {
      status: number;
      body?: { podname: string; clustername: string };
      error?: string;
    };
    const version = /^reviews-(v\d)-/.exec(body?.podname ?? "")?.[1];
    const by = status === 200 ? `${version} on ${body?.clustername}` : `${status} ${error}`;
    counts[by] = (counts[by] ?? 0) + 1;
  }
  return counts;
}

/** The counts are what chance makes of these percentages, and there is nothing else. */
function assertShares(
  counts: Readonly<Record<string, number>>,
  percentages: Readonly<Record<string, number>>,
): void {
  const text = JSON.stringify(counts);
  assert.deepEqual(Object.keys(counts).sort(), Object.keys(percentages).sort(), text);
  for (const [by, percentage] of Object.entries(percentages)) {
    const share = percentage / 100;
    const expected = REQUESTS * share;
    const deviation = Math.sqrt(expected * (1 - share));
    assert(Math.abs((counts[by] ?? 0) - expected) <= DEVIATIONS * deviation, `${by}: ${text}`);
  }
}

/** Counts until the shares are there: rules reach the sidecars a moment after they are made. */
async function settled(from: string, percentages: Readonly<Record<string, number>>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const counts = await count(from);
    try {
      return assertShares(counts, percentages);
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
  }
}

/** Waits until a cluster sees nothing of the other by the mesh's own way. */
async function parted(from: string): Promise<void> {
  const client = await clientOf(from);
  const pod = await findPod(client, ECHO.namespace, `app=${ECHO.name}`);
  for (const deadline = Date.now() + 60_000; ;) {
    const answers = await callEcho(client, pod?.metadata?.name ?? "", 20);
    if (answers.every(({ body }) => body?.cluster === from)) {
      return;
    }
    assert(Date.now() < deadline, `${from} still reaches the other cluster`);
  }
}

/** Runs both stacks with other settings of Bookinfo than the lab's. */
async function reconfigure(over: Readonly<Record<string, unknown>>): Promise<void> {
  const options = await deployerOptions(labClusters(2), new Set(["bookinfo"]));
  const engine = await deployer("stand-in", {
    ...options,
    config: (stack) => {
      const config = options.config(stack);
      const bookinfo = config["mesh:bookinfo"] as object | undefined;
      return bookinfo ? { ...config, "mesh:bookinfo": { ...bookinfo, ...over } } : config;
    },
  });
  for (const cluster of CLUSTERS) {
    await engine.up(cluster, false, () => undefined, new AbortController().signal);
  }
}

const page = async (path: string) =>
  ask(await gatewayHost("ncloud"), path, { headers: { host: BOOKINFO_HOST } });

const SPLIT = { "v1 on ncloud": 30, "v2 on nhn": 70 };

describe("Bookinfo", () => {
  before(async () => {
    await up(...STAND_IN);
  });
  after(async () => {
    await lab("down");
  });

  it("answers 30 of 100 requests by v1 in one cluster and 70 by v2 in the other, from both", async () => {
    for (const cluster of CLUSTERS) {
      await settled(cluster, SPLIT);
    }
  });

  it("shows the public a page that says which cluster the reviews come from", async () => {
    const seen = new Set<string>();
    for (let asked = 0; asked < 50 && seen.size < 2; asked++) {
      const { status, text } = await page("/productpage");
      assert.equal(status, 200, text);
      assert.match(text, /William Shakespeare/);
      seen.add(/on cluster <b>(\w+)<\/b>/.exec(text)?.[1] ?? text);
    }
    assert.deepEqual([...seen].sort(), [...CLUSTERS]);
    assert.equal((await page("/metrics")).status, 404);
  });

  it("follows other weights, and a third version", async () => {
    await reconfigure({
      placement: { "reviews-v3": ["nhn"] },
      weights: { v1: 50, v2: 25, v3: 25 },
    });
    for (const cluster of CLUSTERS) {
      await settled(cluster, { "v1 on ncloud": 50, "v2 on nhn": 25, "v3 on nhn": 25 });
    }
  });

  it("keeps its shares with a cluster that is reachable by its gateway's address alone", async () => {
    await reconfigure({ addresses: { nhn: await addressOf("nhn", "istio-eastwestgateway") } });
    const mend = await removed("ncloud", object("v1", "Secret", "istio-remote-secret-nhn"))();
    try {
      await parted("ncloud");
      await settled("ncloud", SPLIT);
    } finally {
      await mend();
    }
  });
});
