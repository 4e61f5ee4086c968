import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  loadStackConfig,
  runStack,
  type Operation,
  type RunEvent,
  type StackResult,
} from "../../lab/engine";
import { FakeApi } from "../unit/lab/engine/fake-api";
import { temporaryFolder } from "../unit/lab/engine/support";

const PROGRAM = join(__dirname, "../fixtures/engine-program");

/** The whole way: parent, child process, SDK, program, API server. */
describe("runStack", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let api: FakeApi;
  let events: RunEvent[];

  beforeEach(async () => {
    api = await new FakeApi().start();
    events = [];
  });
  afterEach(() => api.stop());

  const run = (
    operation: Operation,
    values: object = {},
    more: { stack?: string; signal?: AbortSignal } = {},
  ): Promise<StackResult> => {
    events.length = 0;
    return runStack(
      {
        projectDir: PROGRAM,
        stack: more.stack ?? "dev",
        operation,
        stateDir: folder.path,
        logFile: join(folder.path, "log"),
        ...loadStackConfig(PROGRAM, "dev", { values: { kubeconfig: api.kubeconfig, ...values } }),
      },
      (event) => events.push(event),
      more.signal,
    );
  };
  const log = (): string => readFileSync(join(folder.path, "log"), "utf8");
  const EXTRA = "/api/v1/namespaces/shop/configmaps/extra";

  it("brings a program up, keeps it, prunes what leaves it, and destroys it", async () => {
    const first = await run("up", { extra: true });
    assert.deepEqual([first.succeeded, first.errors], [true, []]);
    assert.equal(first.counts.create, 8);
    assert.deepEqual(first.secretOutputs, ["password"]);
    const password = String(first.outputs["password"]);
    const data = api.object("/api/v1/namespaces/shop/secrets/shop")?.["data"] as {
      password: string;
    };
    assert.equal(Buffer.from(data.password, "base64").toString(), password);
    assert.match(log(), /"severity":"info","message":"the program prints this"/);
    assert.ok(!log().includes(password) && !log().includes("secret-token"));

    const second = await run("up", { extra: true });
    assert.deepEqual(second.counts, { create: 0, update: 0, same: 8, replace: 0, delete: 0 });
    assert.deepEqual(second.outputs, first.outputs);

    api.faults.push({ call: /^PATCH .*secrets/, status: 403, message: "no" });
    const failed = await run("up");
    assert.deepEqual(failed.errors, ["Secret shop/shop is refused by east: no"]);
    assert.ok(api.object(EXTRA), "a failed run prunes nothing");

    assert.equal((await run("up")).counts.delete, 1);
    assert.equal(api.object(EXTRA), undefined);

    const gone = await run("destroy", { trouble: "bug" });
    assert.equal(gone.succeeded, true);
    assert.equal(api.object("/api/v1/namespaces/shop"), undefined);
    assert.deepEqual(readdirSync(folder.path), ["log"]);
  });

  it("says in one sentence why a run failed, and leaves stack traces to the log", async () => {
    const away = await new FakeApi().start();
    const { kubeconfig, url } = away;
    await away.stop();
    const cases: readonly (readonly [string, object, string])[] = [
      ["sentence", {}, "The shop is closed: come back tomorrow"],
      ["rejection", {}, "The shop burned down: call the fire brigade"],
      ["bug", {}, "shelf is not a function"],
      [
        "type",
        {},
        "the lab's engine doesn't know the resource type aws:s3/bucket:Bucket: deploy with the Pulumi CLI, or add a handler in lab/engine/handlers",
      ],
      [
        "none",
        { kubeconfig },
        `cluster east does not answer at ${url} (ECONNREFUSED): start it, or correct its kubeconfig`,
      ],
    ];
    const results = await Promise.all(
      cases.map(([trouble, values]) => run("up", { trouble, ...values }, { stack: trouble })),
    );
    assert.deepEqual(
      results.map(({ succeeded, errors }) => [succeeded, errors]),
      cases.map(([, , sentence]) => [false, [sentence]]),
    );
    const traces = events.flatMap((event) =>
      event.type === "diagnostic" && event.detail !== undefined ? [event.detail] : [],
    );
    assert.equal(traces.length, 1);
    assert.match(traces[0] ?? "", /^TypeError: shelf.*\n.*index\.ts:\d+/);
    assert.match(log(), /TypeError: shelf/);
  });

  it("ends soon when interrupted, and leaves the stack to the next run", async () => {
    api.additions["Deployment"] = {};
    const interruption = new AbortController();
    const running = run("up", {}, { signal: interruption.signal });
    const waiting = setInterval(() => {
      if (events.some(({ type }) => type === "progress")) {
        interruption.abort();
      }
    }, 20);
    const result = await running;
    clearInterval(waiting);
    assert.deepEqual(result.errors, ["stack dev was interrupted: run it again to go on"]);
    assert.ok(!existsSync(join(folder.path, "dev.json.lock")));
  });
});
