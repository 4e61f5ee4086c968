import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runSign, UsageError } from "../../../../apps/clova/src/sign-command/command";
import { clova, close, listen } from "./support";

describe("clova:sign", () => {
  let folder = "";
  let key = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sign-"));
    key = join(folder, "key.pem");
    await run("--key", key, "--create");
  });
  after(() => rm(folder, { recursive: true }));

  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await runSign(args, (text) => lines.push(text));
    return { code, output: lines.join("\n") };
  };

  it("makes a key and requests of every kind that the extension answers", async () => {
    assert.equal((await stat(key)).mode & 0o077, 0);
    const service = await clova(
      {
        CLOVA_APPLICATION_IDS: "com.example.mrdebugger",
        CLOVA_PUBLIC_KEY: await readFile(`${key}.pub`, "utf8"),
      },
      { now: () => new Date() },
    );
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    try {
      for (const request of ["launch", "intent", "ended", "event"]) {
        const { code, output } = await run("--key", key, "--url", url, "--request", request);
        assert.match(output, /^200 application\/json; charset=utf-8\n\{"version":"0\.1\.0"/);
        assert.equal(code, 0);
      }
      const refused = await run("--key", key, "--url", url, "--application-id", "com.example.x");
      assert.match(refused.output, /^403 application\/problem\+json\n/);
      assert.equal(refused.code, 1);
      const own = join(folder, "own.json");
      await writeFile(own, "{}");
      assert.match((await run("--key", key, "--url", url, "--body", own)).output, /^400 /);
    } finally {
      await service.close();
    }
  });

  it("prints a command line that means the same to a shell", async () => {
    const body = join(folder, "body.json");
    await writeFile(body, `{"text": "it's $HOME \\"\`x\`"}`);
    const { output } = await run("--key", key, "--body", body);
    const shell = `curl() { for arg; do printf '%s\\0' "$arg"; done; }; ${output}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", shell]);
    const args = stdout.split("\0");
    assert.equal(args[args.indexOf("--data-binary") + 1], await readFile(body, "utf8"));
    assert.match(output, /--header 'SignatureCEK: [A-Za-z0-9+/]+=*' \\\n/);
  });

  it("says in one sentence what is wrong", async () => {
    const { url, server } = await listen(() => undefined);
    await close(server);
    const cases: [string[], RegExp][] = [
      [[], /There is no key to sign with: write --key FILE/],
      [["--key", key, "--create"], /is there already: leave out --create/],
      [["--key", join(folder, "no/key.pem"), "--create"], /can't be written \(ENOENT\)/],
      [["--key", `${key}.pub`], /holds no private key in PEM: make one with --create/],
      [["--key", join(folder, "none")], /can't be read \(ENOENT\)/],
      [["--key", key, "--request", "wish"], /There is no request "wish": write launch, intent/],
      [["--key", key, "--url", "localhost:8080"], /is no URL: write one/],
      [["--key", key, "--url", url], /gave no answer \(ECONNREFUSED\)/],
      [["--kez", key], /Unknown option '--kez': see --help/],
    ];
    for (const [args, sentence] of cases) {
      await assert.rejects(
        run(...args),
        (error) =>
          error instanceof UsageError &&
          sentence.test(error.message) &&
          !error.message.includes("\n"),
      );
    }
  });

  it("explains itself", async () => {
    const { code, output } = await run("--help");
    assert.match(output, /^usage: npm run clova:sign -- --key FILE/);
    assert.equal(code, 0);
  });
});
