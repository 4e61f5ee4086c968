import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientFor } from "../../kube/client";
import { deployer } from "../../lab/deploy";
import { existingClusters, leftovers, status } from "../../lab/cluster";
import { exec } from "../../lab/exec";
import { findPod } from "../../kube/pod-exec";
import { deployerOptions } from "../../lab/mesh";
import { adminKubeconfig, paths } from "../../lab/paths";
import { labClusters } from "../../lab/topology";
import { verify } from "../../lab/verify";
import { readersThatSync } from "./reader-rules";
import { READER_RULES } from "../../components/istio/reader-rules";
import { answers, assertUnchanged, lab, up } from "./support";

const STAND_IN = ["--engine", "stand-in", "--with", "none"];

/** Every cluster answered every one, and all requests from each add up. */
function assertJoined(counts: Record<string, Record<string, number>>, names: string[]): void {
  assert.deepEqual(Object.keys(counts), names);
  for (const row of Object.values(counts)) {
    assert.deepEqual(Object.keys(row), names);
    assert(
      Object.values(row).every((count) => count > 0),
      JSON.stringify(counts),
    );
    assert.equal(
      Object.values(row).reduce((sum, count) => sum + count, 0),
      200,
    );
  }
}

describe("the lab", () => {
  before(async () => {
    assert.equal((await lab("down")).exitCode, 0);
  });
  after(async () => {
    await lab("down");
  });

  it("comes up from nothing and carries 200 requests from each cluster to both", async () => {
    const result = await up(...STAND_IN);
    assert.deepEqual(result.verification.problems, []);
    assertJoined(answers(result), ["ncloud", "nhn"]);
    for (const { peers, callers } of result.verification.rows) {
      assert(peers.every(({ syncStatus }) => syncStatus === "synced"));
      assert.deepEqual(callers, ["spiffe://cluster.local/ns/echo/sa/echo"]);
    }
  });

  it("changes nothing the second time", async () => {
    const { changes } = await up(...STAND_IN);
    assertUnchanged(changes);
    assert.deepEqual(Object.keys(changes).sort(), ["ncloud", "nhn", "trust"]);
  });

  it("publishes a host name for ncloud and an address for nhn, as the clouds do", async () => {
    const ingress = async (cluster: string) => {
      const { core } = await clientFor(adminKubeconfig(cluster));
      const service = await core.readNamespacedService({
        namespace: "istio-system",
        name: "istio-eastwestgateway",
      });
      assert.deepEqual(
        service.spec?.ports?.map(({ port }) => port),
        [15443],
      );
      return service.status?.loadBalancer?.ingress?.[0];
    };
    assert.match((await ingress("ncloud"))?.hostname ?? "", /\.ncloud\.lb\.mesh-lab\.test$/);
    assert.match((await ingress("nhn"))?.ip ?? "", /^198\.18\./);
  });

  it("keeps the root's key out of both clusters", async () => {
    for (const cluster of ["ncloud", "nhn"]) {
      const { core } = await clientFor(adminKubeconfig(cluster));
      const { data = {} } = await core.readNamespacedSecret({
        namespace: "istio-system",
        name: "cacerts",
      });
      assert.deepEqual(Object.keys(data).sort(), [
        "ca-cert.pem",
        "ca-key.pem",
        "cert-chain.pem",
        "root-cert.pem",
      ]);
      const { items } = await core.listSecretForAllNamespaces();
      const keys = items.flatMap(({ metadata, data: files = {} }) =>
        Object.values(files)
          .filter((text) => /PRIVATE KEY/.test(Buffer.from(text, "base64").toString()))
          .map(() => metadata?.name),
      );
      assert.deepEqual(keys, ["cacerts"]);
    }
  });

  it("signs both clusters' CAs by one root, with chains that openssl strictly accepts", async () => {
    const roots = new Set<string>();
    for (const cluster of ["ncloud", "nhn"]) {
      const { core } = await clientFor(adminKubeconfig(cluster));
      const { data = {} } = await core.readNamespacedSecret({
        namespace: "istio-system",
        name: "cacerts",
      });
      const folder = mkdtempSync(join(tmpdir(), "cacerts-"));
      for (const [file, text] of Object.entries(data)) {
        writeFileSync(join(folder, file), Buffer.from(text, "base64"));
      }
      const verified = execFileSync(
        "openssl",
        ["verify", "-x509_strict", "-CAfile", "root-cert.pem", "ca-cert.pem"],
        { cwd: folder, encoding: "utf8" },
      );
      assert.match(verified, /ca-cert\.pem: OK/);
      const text = execFileSync("openssl", ["x509", "-in", "ca-cert.pem", "-noout", "-text"], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.match(text, /CA:TRUE, pathlen:0/);
      assert.match(text, /DNS:istiod\.istio-system\.svc/);
      roots.add(readFileSync(join(folder, "root-cert.pem"), "utf8"));
      rmSync(folder, { recursive: true });
    }
    assert.equal(roots.size, 1);
  });

  it("refuses plain text to a pod of the mesh", async () => {
    for (const { name, netns } of labClusters(2)) {
      const pod = await findPod(await clientFor(adminKubeconfig(name)), "echo", "app=echo");
      const address = pod?.status?.podIP ?? "";
      const ask = `fetch("http://${address}:8080/").then(({ status }) => console.log("answered", status), ({ cause }) => console.log("refused", cause.code));`;
      const output = await exec("nsenter", [
        `--net=/run/netns/${netns}`,
        process.execPath,
        "-e",
        ask,
      ]);
      assert.match(output, /^refused (ECONNRESET|UND_ERR_SOCKET)/);
    }
  });

  it("needs every rule of the reader's role: without any one of them istiod never syncs", async () => {
    const synced = await readersThatSync("ncloud", "nhn", READER_RULES);
    assert.deepEqual(synced, { complete: "synced", withoutOne: [] });
  });

  it("is repaired by the next up after its processes were killed", async () => {
    const before = await status();
    const pids = before.clusters.flatMap(({ components }) =>
      components
        .filter(({ component }) => ["kubelet", "kube-apiserver", "containerd"].includes(component))
        .flatMap(({ pid }) => pid ?? []),
    );
    assert.equal(pids.length, 6);
    pids.forEach((pid) => process.kill(pid, "SIGKILL"));
    const result = await up(...STAND_IN);
    assertJoined(answers(result), ["ncloud", "nhn"]);
    const after = await status();
    assert(after.clusters.every(({ components }) => components.every(({ ready }) => ready)));
  });

  it("loses only the cluster whose stack is destroyed, and takes it back", async () => {
    const clusters = labClusters(2);
    const engine = await deployer("stand-in", await deployerOptions(clusters));
    const { deleted } = await engine.destroy("nhn", () => undefined, new AbortController().signal);
    assert(deleted > 15);
    const { core, objects } = await clientFor(adminKubeconfig("nhn"));
    const namespaces = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name);
    assert(!namespaces.includes("istio-system") && !namespaces.includes("echo"));
    const crds = await objects.list("apiextensions.k8s.io/v1", "CustomResourceDefinition");
    assert.deepEqual(
      crds.items.map(({ metadata }) => metadata?.name),
      [],
    );
    assert(namespaces.includes("mesh-peer-ncloud"), "ncloud's reader belongs to ncloud's stack");
    const onPeer = await clientFor(adminKubeconfig("ncloud"));
    const left = (await onPeer.core.listNamespace()).items.map(({ metadata }) => metadata?.name);
    assert(!left.includes("mesh-peer-nhn"), "nhn's reader went with nhn's stack");

    const alone = await verify(clusters.slice(0, 1), { requests: 50, waitSeconds: 60 });
    assert.deepEqual(alone.problems, []);
    assert.equal(alone.rows[0]?.to["ncloud"]?.answers, 50);

    assertJoined(answers(await up(...STAND_IN)), ["ncloud", "nhn"]);
  });

  it("takes a third cluster by its number alone, and lets it go again", async () => {
    const three = await up(...STAND_IN, "--clusters", "3");
    assertJoined(answers(three), ["ncloud", "nhn", "cloud3"]);
    const two = await up(...STAND_IN, "--clusters", "2");
    assertJoined(answers(two), ["ncloud", "nhn"]);
    assert.deepEqual(
      (await existingClusters()).map(({ name }) => name),
      ["ncloud", "nhn"],
    );
    const { core } = await clientFor(adminKubeconfig("ncloud"));
    const names = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name);
    assert(!names.includes("mesh-peer-cloud3"));
  });

  it("leaves nothing but its cache", async () => {
    assert.equal((await lab("down")).exitCode, 0);
    assert.deepEqual(await leftovers(), []);
    assert(!existsSync(paths.run));
    const { exitCode, stdout } = await lab("down");
    assert.equal(exitCode, 0, stdout);
  });

  it("says in one sentence what is wrong, and changes nothing", async () => {
    const cases: [string[], number, RegExp][] = [
      [["verify"], 1, /^No lab is running: start it with npm run lab\n$/],
      [["up", "--clusters", "0"], 2, /Write a whole number from 1 to 40\./],
      [["up", "--engine", "helm"], 2, /Allowed choices are auto, cli, stand-in\./],
      [["frobnicate"], 2, /error: /],
    ];
    for (const [args, code, message] of cases) {
      const { exitCode, stderr } = await lab(...args);
      assert.match(stderr, message);
      assert.equal(exitCode, code, args.join(" "));
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    assert.deepEqual(await leftovers(), []);
  });
});
