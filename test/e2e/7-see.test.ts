import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { V1Secret } from "@kubernetes/client-node";
import { extract } from "tar-stream";
import { ECHO } from "../../components/echo/constants";
import { activeContext } from "../../config/kubeconfig";
import { execInPod, findPod } from "../../kube/pod-exec";
import { runningProcess } from "../../lab/cluster/process";
import { labProject } from "../../lab/project";
import { openMesh } from "../../mesh/open";
import type { LeftOut } from "../../mesh/bundle/entry";
import type { Topology } from "../../mesh/topology/model";
import type { Frame } from "../../mesh/watch/frame";
import { clientOf, object } from "./faults";
import { lab, mesh, up } from "./support";

const DRAWN_IN_SECONDS = 3;

/** None of them is a word of anything else. */
const PLANTED = {
  secret: "planted-in-a-Secret-4711",
  configMap: "cGxhbnRlZC1pbi1hLUNvbmZpZ01hcC00NzEx",
  annotation: "planted-in-an-annotation-4711",
  log: "planted-in-a-log-4711",
  url: "planted-in-a-URL-4711",
  copied: "planted-in-a-Secret-and-printed-4711",
} as const;

/** What the mesh's proxies count is read, drawn and carried away. */
describe("seeing the mesh", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mesh-see-"));
    await lab("down");
    await up("--with", "none");
  });
  after(async () => {
    await lab("down");
    await rm(folder, { recursive: true });
  });

  const draw = async (): Promise<Topology> => {
    const { exitCode, stdout, stderr } = await mesh("topology", "--format", "json");
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Topology;
  };

  it("draws what the proxies counted, as SVG, PNG, Mermaid and JSON, in time", async () => {
    await mesh("check", "--requests", "200");
    const { clusters, links, services, missing } = await draw();
    assert.deepEqual(missing, []);
    assert.deepEqual(
      clusters.map(({ id, health, gateway }) => [id, health, gateway.addresses.length]),
      [
        ["ncloud", "ok", 1],
        ["nhn", "ok", 1],
      ],
    );
    for (const { from, to, health, requests, failed } of links) {
      assert.deepEqual([health, failed], ["ok", 0], `${from} → ${to}`);
      assert(requests >= 60, `${from} → ${to}: ${requests}`);
    }
    const [echo] = services;
    assert.equal(echo?.host, "echo.echo.svc.cluster.local");
    assert(Object.values(echo.shares).every((share) => share > 0.4 && share < 0.6));

    const seconds: number[] = [];
    for (const [file, start] of [
      ["mesh.svg", "<svg "],
      ["mesh.png", "\u0089PNG"],
      ["mesh.mmd", "flowchart LR"],
    ] as const) {
      const path = join(folder, file);
      const run = await mesh("topology", "--out", path);
      assert.equal(run.exitCode, 0, run.stderr);
      assert((await readFile(path, "latin1")).startsWith(start), file);
      seconds.push(run.seconds);
    }
    // A machine that has other work to do takes as much longer.
    const load = Math.max(1, (loadavg()[0] ?? 0) / cpus().length);
    assert(Math.min(...seconds) <= DRAWN_IN_SECONDS * load, seconds.join());
  });

  it("watches requests as they flow, and says when they don't", async () => {
    const [watched] = await Promise.all([
      mesh("--json", "watch", "--interval", "1s", "--count", "5"),
      mesh("check", "--requests", "1000"),
    ]);
    assert.equal(watched.exitCode, 0, watched.stderr);
    const frames = watched.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Frame);
    assert.equal(frames.length, 5);
    const busiest = frames.map(({ services }) => services[0]?.requestsPerSecond ?? 0);
    assert(Math.max(...busiest) > 20, busiest.join());
    const idle = await mesh("watch", "--interval", "1s", "--count", "1");
    assert.match(idle.stdout, /^\d{4}-\d\d-\d\dT\S+Z {2}ncloud → nhn {2}in order {2}0 req\/s/m);
  });

  it("ends the watch with 0 on Ctrl-C", async () => {
    // As npm runs it; npm's own shell would end with the signal.
    const args = ["--import", "tsx", "mesh/cli.ts", "--lab", "watch", "--interval", "1s"];
    const child = spawn(process.execPath, args, {
      cwd: join(__dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGINT");
    const [exitCode] = (await once(child, "close")) as [number | null];
    assert.equal(exitCode, 0);
  });

  it("bundles what a helper needs, and none of the secrets that are planted everywhere", async () => {
    await plant();
    const file = join(folder, "bundle.tar.gz");
    const { exitCode, stdout, stderr } = await mesh("--json", "bundle", "--out", file);
    assert.equal(exitCode, 0, stderr);
    const report = JSON.parse(stdout) as { leftOut: LeftOut[] };
    const files = await unpack(file);
    const everything = Object.values(files).join("\n");
    for (const [place, value] of Object.entries({ ...PLANTED, ...(await ownSecrets()) })) {
      assert(!everything.includes(value), place);
      const encoded = Buffer.from(value).toString("base64").replace(/.?=*$/, "");
      assert(!everything.includes(encoded), `${place} in base64`);
    }
    assert.doesNotMatch(everything, /PRIVATE KEY/);
    for (const cluster of ["ncloud", "nhn"]) {
      for (const path of [
        "objects/istio-system/deployments.json",
        "objects/istio-system/secrets.json",
        "events.txt",
        "version.json",
      ]) {
        assert(files[`clusters/${cluster}/${path}`], `${cluster} ${path}`);
      }
      const paths = Object.keys(files).filter((path) => path.startsWith(`clusters/${cluster}/`));
      for (const wanted of [
        /logs\/istio-system\/istiod-[^/]+\/discovery\.log$/,
        /logs\/echo\/echo-[^/]+\/istio-proxy\.log$/,
        /istiod\/istio-system\/istiod-[^/]+\/syncz\.json$/,
        /proxies\/echo\/echo-[^/]+\/certs\.json$/,
      ]) {
        assert(
          paths.some((path) => wanted.test(path)),
          `${cluster} ${wanted}`,
        );
      }
    }
    for (const path of [
      "manifest.json",
      "versions.json",
      "check.txt",
      "preflight.json",
      "topology.svg",
      "stacks/ncloud/outputs.json",
    ]) {
      assert(files[path], path);
    }
    assert.match(files["check.txt"] ?? "", /ncloud/);
    assert.deepEqual(
      report.leftOut.filter(({ why }) => why.includes("secret")),
      [],
    );
    const again = await mesh("bundle", "--out", file);
    assert.equal(again.exitCode, 1);
    assert.match(again.stderr, /bundle\.tar\.gz is there already: choose another --out/);
  });

  it("draws and bundles what is left when a cluster is away, and says so", async () => {
    const server = await runningProcess("nhn", "kube-apiserver");
    process.kill(server?.pid ?? NaN, "SIGKILL");
    const { clusters, links, missing } = await draw();
    assert.deepEqual(missing, ["nhn could not be looked at: its API server can't be asked."]);
    assert.deepEqual(
      clusters.map(({ health }) => health),
      ["ok", "error"],
    );
    assert(links.some(({ from, requests }) => from === "ncloud" && requests > 0));
    const watched = await mesh("watch", "--interval", "1s", "--count", "1");
    assert.match(watched.stdout, /nhn could not be looked at/);
    const file = join(folder, "rest.tar.gz");
    const { exitCode, stdout } = await mesh("bundle", "--out", file);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /nhn: everything inside of it \(its API server can't be asked\)/);
    const files = Object.keys(await unpack(file));
    assert(files.some((path) => path.startsWith("clusters/ncloud/logs/")));
    assert.deepEqual(
      files.filter((path) => path.startsWith("clusters/nhn/")),
      [],
    );
  });

  it("refuses wrong use with one sentence", async () => {
    const cases: [string[], RegExp][] = [
      [["topology", "--format", "gif"], /Allowed choices are svg, png, mermaid, json/],
      [["topology", "--out", "mesh.gif"], /mesh\.gif doesn't say what to draw/],
      [["--json", "topology", "--format", "svg"], /--json prints the picture's data, not svg/],
      [["topology", "gcloud"], /Stack gcloud has no file/],
      [["watch", "--interval", "0s"], /Write at least 1s/],
      [["watch", "--count", "0"], /Write a whole number from 1/],
      [["bundle", "--max-size", "0"], /Write a whole number from 1 to 1024/],
    ];
    for (const [args, message] of cases) {
      const { exitCode, stderr } = await mesh(...args);
      assert.match(stderr, message);
      assert.equal(exitCode, 2, args.join(" "));
    }
    const { exitCode, stderr } = await mesh("topology", "--out", join(folder, "none", "mesh.svg"));
    assert.equal(exitCode, 1);
    assert.match(stderr, /can't be written \(ENOENT\): choose another --out/);
  });
});

/** Puts a secret into every kind of place in ncloud. */
async function plant(): Promise<void> {
  const client = await clientOf("ncloud");
  const { objects, core } = client;
  await objects.create<V1Secret>({
    ...object("v1", "Secret", "planted", ECHO.namespace),
    stringData: { password: PLANTED.secret, other: PLANTED.copied },
  });
  await objects.create({
    ...object("v1", "ConfigMap", "planted"),
    metadata: {
      name: "planted",
      namespace: "istio-system",
      annotations: { note: `token: ${PLANTED.annotation}` },
    },
    data: {
      "key.pem": `-----BEGIN EC PRIVATE KEY-----\n${PLANTED.configMap}\n-----END EC PRIVATE KEY-----\n`,
      "cache.yaml": `url: redis://:${PLANTED.url}@cache:6379\ncopied: ${PLANTED.copied}\n`,
    },
  } as never);
  const pod = await findPod(client, ECHO.namespace, `app=${ECHO.name}`);
  const name = pod?.metadata?.name ?? "";
  const line = `retry with token=${PLANTED.log} and ${PLANTED.copied}\\n`;
  await execInPod(client, { namespace: ECHO.namespace, pod: name, container: ECHO.name }, [
    "/usr/local/bin/node",
    "-e",
    `require("fs").writeFileSync("/proc/1/fd/1", "${line}")`,
  ]);
  const log = await core.readNamespacedPodLog({
    name,
    namespace: ECHO.namespace,
    container: ECHO.name,
  });
  assert(log.includes(PLANTED.log), "the log holds what was planted");
}

/** The lab's own: keys of its CAs, tokens of its readers and of its kubeconfigs. */
async function ownSecrets(): Promise<Record<string, string>> {
  const { core } = await clientOf("ncloud");
  const { items } = await core.listNamespacedSecret({ namespace: "istio-system" });
  const text = (name: string, key: string): string =>
    Buffer.from(
      items.find(({ metadata }) => metadata?.name === name)?.data?.[key] ?? "",
      "base64",
    ).toString("utf8");
  const keyLine = text("cacerts", "ca-key.pem").split("\n")[1] ?? "";
  const [token = ""] = credentialsOf(text("istio-remote-secret-nhn", "nhn"));
  const { members } = await openMesh(labProject());
  const admin = members.flatMap(({ settings }) =>
    Object.values(settings.kubeconfigs).flatMap(credentialsOf),
  );
  assert(keyLine.length > 20, "the CA's key");
  assert(token.length > 20, "the reader's token");
  assert(admin.length > 0, "the kubeconfigs' keys");
  return {
    "the CA's key": keyLine,
    "the reader's token": token,
    ...Object.fromEntries(admin.map((one, index) => [`kubeconfig ${index}`, one])),
  };
}

function credentialsOf(kubeconfig: string): string[] {
  const { user } = activeContext(kubeconfig, "the test");
  return ["token", "client-key-data"].flatMap((key) => {
    const value: unknown = user[key];
    return typeof value === "string" ? [value] : [];
  });
}

async function unpack(file: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const reader = extract();
  reader.end(gunzipSync(await readFile(file)));
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) {
      chunks.push(chunk as Buffer);
    }
    const path = entry.header.name.split("/").slice(1).join("/");
    files[path] = Buffer.concat(chunks).toString("utf8");
  }
  return files;
}
