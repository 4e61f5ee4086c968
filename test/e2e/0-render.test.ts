import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../unit/lab/engine/support";

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const CHECKOUT = join(__dirname, "../..");

describe("npm run render", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const out = (): string => join(folder.path, "out");

  const render = (...args: string[]): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ["--import", "tsx", join(CHECKOUT, "lab/render.ts"), ...args],
        { cwd: CHECKOUT },
      );
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (chunk) => (stdout += String(chunk)));
      child.stderr.on("data", (chunk) => (stderr += String(chunk)));
      child.on("error", reject);
      child.on("close", (status) => resolve({ status, stdout, stderr }));
    });
  const files = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(out(), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [file.slice(out().length + 1), readFileSync(file, "utf8")]),
    );

  it("writes a cluster's stack, the reader on the peer in the peer's folder, twice the same", async () => {
    const first = await render("--stack", "ncloud", "--out", out());
    assert.equal(first.status, 0, first.stderr);
    const before = files();
    assert.ok("ncloud/istio-system/helmrelease-istiod.yaml" in before);
    assert.ok("nhn/mesh-peer-ncloud/serviceaccount-istio-reader.yaml" in before);
    assert.match((await render("--stack", "ncloud", "--out", out())).stdout, / 0 written, /);
    assert.deepEqual(files(), before);
  });

  it("hides every secret, those of its own configuration too", async () => {
    const config = join(folder.path, "config.yaml");
    writeFileSync(
      config,
      `config:
  cacerts: { caCert: { secure: v1:a }, caKey: { secure: v1:b }, rootCert: x, certChain: y }
  remoteKubeconfigs: { nhn: { secure: v1:c } }
`,
    );
    const { status, stderr } = await render(
      "--stack",
      "ncloud",
      "--out",
      out(),
      "--config",
      config,
    );
    assert.equal(status, 0, stderr);
    const all = files();
    assert.match(all["ncloud/istio-system/secret-cacerts.yaml"] ?? "", /ca-key\.pem: "\[secret\]"/);
    assert.match(
      all["ncloud/istio-system/secret-istio-remote-secret-nhn.yaml"] ?? "",
      /nhn: "\[secret\]"/,
    );
    const text = Object.values(all).join("");
    assert.doesNotMatch(text, /BEGIN|certificate-authority-data|v1:[abc]|\.invalid|04da6b54/);
    assert.ok(!Object.keys(all).some((path) => path.startsWith("nhn/")));
  });

  it("says in one sentence what is wrong: 1 for the program's refusal, 2 for an argument", async () => {
    const [moon, incomplete, refused, help] = await Promise.all([
      render("--stack", "moon", "--out", out()),
      render("--stack", "ncloud"),
      render("--stack", "ncloud", "--out", CHECKOUT),
      render("--help"),
    ]);
    assert.deepEqual(moon, {
      status: 1,
      stdout: "",
      stderr:
        'mesh:cluster must be a name from mesh:clusters, got "moon": write ncloud or nhn, or call the stack so\n',
    });
    assert.equal(incomplete.status, 2);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /^\S+ has content that no render made: .*\n$/);
    assert.match(help.stdout, /Exit codes: 0 written, 1 .*, 2 /);
  });
});
