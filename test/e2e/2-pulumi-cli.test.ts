import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { clientFor } from "../../kube/client";
import { execInPod, findPod } from "../../kube/pod-exec";
import { EXTRAS } from "../../lab/build";
import { leftovers } from "../../lab/cluster";
import { runningProcess } from "../../lab/cluster/process";
import { adminKubeconfig, paths } from "../../lab/paths";
import { hasPulumiCli } from "../../mesh/pulumi-cli";
import { inventory } from "./remains";
import { answers, assertUnchanged, driveMesh, lab, mesh, up, type DriveReport } from "./support";

const CLI = ["--engine", "cli", "--with", "none"];
const CLUSTERS = ["ncloud", "nhn"];
const ECHO_URL = "http://echo.echo:8080/";

/** Changes a stack's file as `pulumi config set` would, and returns how to take that back. */
function configure(stack: string, values: Readonly<Record<string, unknown>>): () => void {
  const file = join(paths.run, `pulumi/Pulumi.${stack}.yaml`);
  const before = readFileSync(file, "utf8");
  const content = parse(before) as { config: Record<string, unknown> };
  writeFileSync(file, stringify({ ...content, config: { ...content.config, ...values } }));
  return () => writeFileSync(file, before);
}

/** Every stack's outcome in one line: `ncloud: 1 updated`. */
const outcomes = ({ stacks }: DriveReport): string[] =>
  stacks.map((outcome) => {
    if (outcome.state !== "done") {
      return `${outcome.stack}: ${outcome.state}`;
    }
    const { created, updated, deleted } = outcome.changes;
    return `${outcome.stack}: +${created} ~${updated} -${deleted}`;
  });

/** What a stack's run changed, but for the records of components and of the stack itself. */
const changed = ({ stacks }: DriveReport, stack: string): string[] =>
  stacks
    .flatMap((outcome) =>
      outcome.stack === stack && outcome.state === "done" ? outcome.resources : [],
    )
    .filter(({ type }) => type.startsWith("kubernetes:") || type.startsWith("tls:"))
    .map(({ operation, name }) => `${operation} ${name}`);

const failureOf = ({ stacks }: DriveReport, stack: string): string =>
  stacks
    .flatMap((outcome) =>
      outcome.stack === stack && outcome.state === "failed" ? outcome.reasons : [],
    )
    .join(" ");

async function verifies(): Promise<void> {
  const { exitCode, stdout } = await lab("verify");
  assert.equal(exitCode, 0, stdout);
}

/** Sends requests through a cluster's sidecar to both clusters' echo, one after the other. */
async function requests(cluster: string, count: number): Promise<{ status: number }[]> {
  const client = await clientFor(adminKubeconfig(cluster));
  const pod = (await findPod(client, "echo", "app=echo"))?.metadata?.name as string;
  const output = await execInPod(client, { namespace: "echo", pod, container: "echo" }, [
    "/usr/local/bin/node",
    "/app/client.js",
    ECHO_URL,
    String(count),
  ]);
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { status: number });
}

/** Common names of the CAs by which the echo pod's own certificate was issued, the issuer first. */
async function issuers(cluster: string): Promise<string[]> {
  const client = await clientFor(adminKubeconfig(cluster));
  const pod = (await findPod(client, "echo", "app=echo"))?.metadata?.name as string;
  const dump = JSON.parse(
    await execInPod(client, { namespace: "echo", pod, container: "istio-proxy" }, [
      "pilot-agent",
      "request",
      "GET",
      "config_dump?resource=dynamic_active_secrets",
    ]),
  ) as { configs: { secret: { tls_certificate?: { certificate_chain: Inline } } }[] };
  const chain = dump.configs.flatMap(({ secret }) => secret.tls_certificate ?? [])[0];
  const pems = Buffer.from(chain?.certificate_chain.inline_bytes ?? "", "base64")
    .toString("utf8")
    .split(/(?=-----BEGIN CERTIFICATE-----)/);
  return pems.slice(1).map((pem) => /CN=(.+)/.exec(new X509Certificate(pem).subject)?.[1] ?? "");
}

interface Inline {
  readonly inline_bytes: string;
}

/** Whether istiod has said that it took up another intermediate (istio/security/pkg/pki/ca). */
async function hasNewIntermediate(cluster: string): Promise<boolean> {
  const client = await clientFor(adminKubeconfig(cluster));
  const name = (await findPod(client, "istio-system", "app=istiod"))?.metadata?.name as string;
  const log = await client.core.readNamespacedPodLog({ namespace: "istio-system", name });
  return log.includes("newly added intermediate CA");
}

/** Replaces the echo pods of a cluster, so that they ask for certificates anew. */
async function replaceEcho(cluster: string): Promise<void> {
  const { core } = await clientFor(adminKubeconfig(cluster));
  await core.deleteCollectionNamespacedPod({ namespace: "echo" });
}

async function until(what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await isSo()); await sleep(2_000)) {
    assert(Date.now() < deadline, `${what}: not within ${seconds} s`);
  }
}

/** Starts a command that runs stacks, and kills it and all that it started after some seconds. */
async function killedAfter(seconds: number, ...args: string[]): Promise<void> {
  const child = spawn("npm", ["run", "--silent", "mesh", "--", "--lab", ...args], {
    cwd: paths.project,
    stdio: "ignore",
    detached: true,
  });
  await sleep(seconds * 1000);
  process.kill(-(child.pid as number), "SIGKILL");
  await sleep(1000);
}

/** What the lab's clusters have without a mesh. */
const BARE = [
  /^Namespace \/(default|kube-.*)$/,
  /^ClusterRole(Binding)? \/(admin|edit|view|cluster-admin|system:.*|mesh-lab:.*)$/,
  /^ClusterRoleBinding \/kube-apiserver-kubelet-client$/,
  /^ConfigMap .*\/kube-root-ca\.crt$/,
  /^ConfigMap kube-system\/(coredns|extension-apiserver-authentication|kube-apiserver-.*)$/,
  /^StorageClass \/lab-local$/,
  /^Service (default\/kubernetes|kube-system\/kube-dns)$/,
  // The lab's Internet: an ACME server, and records of public names.
  /^Namespace \/(acme|public-dns)$/,
  /^\w+ (acme|public-dns)\//,
];

/** Nothing is in any cluster that wasn't there before the mesh. */
async function assertBare(): Promise<void> {
  for (const cluster of CLUSTERS) {
    const left = (await inventory(cluster)).filter((name) => !BARE.some((bare) => bare.test(name)));
    assert.deepEqual(left, [], cluster);
  }
}

describe("the same program under the Pulumi CLI", () => {
  before(async function () {
    if (!(await hasPulumiCli())) {
      console.log("    no Pulumi CLI is installed and none can be fetched: skipped");
      this.skip();
    }
    await lab("down");
  });
  after(async function () {
    if (await hasPulumiCli()) {
      await lab("down");
    }
  });

  it("joins the clusters from nothing", async () => {
    const result = await up(...CLI);
    assert.equal(result.engine, "the Pulumi CLI");
    assert.deepEqual(result.verification.problems, []);
    assert(Object.values(answers(result)).every((row) => Object.values(row).every(Boolean)));
  });

  it("has nothing to change, from the lab's side and from the operator's, also after a look at the clusters", async () => {
    const { changes } = await up(...CLI);
    assertUnchanged(changes);
    const seen = await driveMesh("preview", "--refresh", "--expect-no-changes");
    assert.deepEqual(outcomes(seen), ["trust: +0 ~0 -0", "ncloud: +0 ~0 -0", "nhn: +0 ~0 -0"]);
    assert.equal(seen.exitCode, 0);
  });

  it("has no key and no token in clear in any state", () => {
    for (const stack of ["trust", ...CLUSTERS]) {
      const file = join(paths.run, `pulumi/state/.pulumi/stacks/mesh/${stack}.json`);
      const state = readFileSync(file, "utf8");
      assert.doesNotMatch(state, /PRIVATE KEY|client-key-data|eyJhbGciOi/);
    }
  });

  it("meets every policy of the pack, the advisory ones too", async () => {
    const { stacks, exitCode } = await driveMesh("preview", "--policy-pack", "policy");
    assert.deepEqual(
      stacks.map((outcome) =>
        outcome.state === "done"
          ? outcome.warnings.filter((text) => /^Policy /.test(text))
          : outcome,
      ),
      stacks.map(() => []),
    );
    assert.equal(stacks.length, 1 + CLUSTERS.length);
    assert.equal(exitCode, 0);
  });

  it("changes only what depends on a changed value", async () => {
    const restore = configure("ncloud", { "mesh:mtls": "PERMISSIVE" });
    const preview = await driveMesh("preview");
    assert.deepEqual(outcomes(preview), ["trust: +0 ~0 -0", "ncloud: +0 ~1 -0", "nhn: +0 ~0 -0"]);
    assert.deepEqual(changed(preview, "ncloud"), ["update mesh-mtls-policy"]);
    const drift = await driveMesh("preview", "--expect-no-changes");
    assert.notEqual(drift.exitCode, 0);
    assert.deepEqual(
      drift.stacks.map(({ state }) => state),
      ["done", "failed", "done"],
    );
    restore();
    assert.deepEqual(changed(await driveMesh("up", "--yes"), "ncloud"), []);
  });

  it("rotates a cluster's intermediate by one value, under traffic, without a failed request", async () => {
    assert.deepEqual((await issuers("ncloud"))[0], "mesh1 intermediate CA ncloud 1");
    configure("trust", { "mesh:pki": { intermediates: { ncloud: 2 } } });
    let rotated = false;
    const traffic = CLUSTERS.map(async (cluster) => {
      const sent: { status: number }[] = [];
      do {
        sent.push(...(await requests(cluster, 200)));
      } while (!rotated);
      return [...sent, ...(await requests(cluster, 500))];
    });
    const rotation = await driveMesh("up", "--yes");
    assert.deepEqual(changed(rotation, "ncloud"), ["update cacerts-secret"]);
    assert.deepEqual(changed(rotation, "nhn"), []);
    // The kubelet brings a changed Secret to istiod within about a minute and a half.
    await until("istiod takes up the new intermediate", 240, () => hasNewIntermediate("ncloud"));
    rotated = true;
    const failed = (await Promise.all(traffic)).flat().filter(({ status }) => status !== 200);
    assert.deepEqual(failed, []);

    await replaceEcho("ncloud");
    await verifies();
    assert.deepEqual((await issuers("ncloud"))[0], "mesh1 intermediate CA ncloud 2");
  });

  it("asks nobody where nobody can answer, and changes nothing", async () => {
    for (const command of ["up", "destroy"]) {
      const { exitCode, stderr } = await mesh(command);
      assert.equal(exitCode, 2);
      assert.match(stderr, /add --yes/);
      assert.equal(stderr.trim().split("\n").length, 1);
    }
  });

  it("leaves nothing in any cluster when everything is destroyed", async () => {
    const report = await driveMesh("destroy", "--yes");
    assert.deepEqual(
      report.stacks.map(({ stack, state }) => `${stack} ${state}`),
      ["ncloud done", "nhn done", "trust done"],
    );
    await assertBare();
  });

  it("comes up in the other order, one stack at a time, and goes down in the order it came", async () => {
    const previewed = await driveMesh("preview");
    assert.deepEqual(
      previewed.stacks.map(({ state }) => state),
      ["done", "skipped", "skipped"],
      "before trust is up there is nothing to preview of the clusters",
    );
    for (const stack of ["trust", "nhn", "ncloud"]) {
      const { exitCode, stacks } = await driveMesh("up", "--yes", stack);
      assert.equal(exitCode, 0, JSON.stringify(stacks));
    }
    await verifies();
    assert.equal((await driveMesh("destroy", "--yes", "nhn")).exitCode, 0);
    const { exitCode } = await driveMesh("up", "--yes", "ncloud");
    assert.equal(exitCode, 0, "the other cluster goes on without it");
  });

  it("goes on after a kill -9 at any time, and has nothing pending afterwards", async () => {
    for (const seconds of [6, 11, 16]) {
      assert.equal((await driveMesh("destroy", "--yes", "nhn")).exitCode, 0);
      await killedAfter(seconds, "up", "--yes", "nhn");
      const { exitCode, stacks } = await driveMesh("up", "--yes", "nhn");
      assert.equal(exitCode, 0, `after ${seconds} s: ${JSON.stringify(stacks)}`);
      const state = JSON.parse(
        readFileSync(join(paths.run, "pulumi/state/.pulumi/stacks/mesh/nhn.json"), "utf8"),
      ) as { checkpoint: { latest: { pending_operations?: unknown[] } } };
      assert.deepEqual(state.checkpoint.latest.pending_operations ?? [], []);
    }
    await verifies();
  });

  it("deploys its own cluster while a peer's API server is away, names the peer, and heals", async () => {
    assert.equal((await driveMesh("destroy", "--yes", "ncloud")).exitCode, 0);
    const peer = await runningProcess("nhn", "kube-apiserver");
    assert(peer !== undefined);
    process.kill(peer.pid, "SIGSTOP");
    try {
      const away = await driveMesh("up", "--yes", "--continue-on-error", "ncloud");
      assert.notEqual(away.exitCode, 0);
      assert.match(failureOf(away, "ncloud"), /nhn/);
      const { objects } = await clientFor(adminKubeconfig("ncloud"));
      await objects.read({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { namespace: "istio-system", name: "istio-eastwestgateway" },
      });
    } finally {
      process.kill(peer.pid, "SIGCONT");
    }
    const { exitCode, stacks } = await driveMesh("up", "--yes", "ncloud");
    assert.equal(exitCode, 0, JSON.stringify(stacks));
    await verifies();
  });

  it("takes a third cluster in by configuration alone, and lets it go again", async () => {
    const three = await up(...CLI, "--clusters", "3");
    assert.deepEqual(three.verification.problems, []);
    assert.equal(three.clusters.length, 3);
    const two = await up(...CLI);
    assert.deepEqual(two.verification.problems, []);
  });

  it("runs all that can run on the mesh, changes nothing the second time, and takes it all away", async () => {
    const all = ["--engine", "cli", "--with", EXTRAS.join(",")];
    const { verification, theaterUrl } = await up(...all);
    assert.deepEqual(verification.problems, []);
    assert.equal((await fetch(theaterUrl ?? "")).status, 200);
    assertUnchanged((await up(...all)).changes);
    const seen = await driveMesh("preview", "--refresh", "--expect-no-changes");
    assert.deepEqual(outcomes(seen), ["trust: +0 ~0 -0", "ncloud: +0 ~0 -0", "nhn: +0 ~0 -0"]);
    assert.equal((await driveMesh("destroy", "--yes")).exitCode, 0);
    await assertBare();
  });

  it("leaves nothing but the cache", async () => {
    assert.equal((await lab("down")).exitCode, 0);
    assert.deepEqual(await leftovers(), []);
  });
});
