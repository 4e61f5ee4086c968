import assert from "node:assert/strict";
import { drive, exitCodeOf, type RunOne } from "../../../../mesh/drive/drive";
import { summary } from "../../../../mesh/drive/summary";
import { StackError } from "../../../../mesh/stack-error";

const project = { dir: "/nowhere", env: {} };
const WAVES = [
  { title: "Trust", stacks: ["trust"] },
  { title: "Clusters", stacks: ["ncloud", "nhn"] },
].map(({ title, stacks }) => ({
  title,
  stacks: stacks.map((stack) => ({ stack, kubeconfigs: {} })),
}));
const changes = { created: 2, updated: 1, deleted: 0, unchanged: 30 };

/** Runs nothing; fails the given stacks with the given exit code. */
const pretend = (failures: Readonly<Record<string, number>>, log: string[] = []): RunOne =>
  async function (_project, { stack }) {
    log.push(`begin ${stack}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`end ${stack}`);
    const code = failures[stack];
    if (code !== undefined) {
      throw new StackError(stack, [`${stack} has no luck.`], code);
    }
    return { changes, resources: [], warnings: [], notes: [], seconds: 1 };
  };

const run = (runOne: RunOne, signal = new AbortController().signal) =>
  drive(project, "up", WAVES, { output: "none", signal }, runOne);

describe("drive", () => {
  it("begins a wave when the one before it has ended, and its stacks side by side", async () => {
    const log: string[] = [];
    const outcomes = await run(pretend({}, log));
    assert.deepEqual(log.slice(0, 4), ["begin trust", "end trust", "begin ncloud", "begin nhn"]);
    assert.deepEqual(
      outcomes.map(({ stack, state }) => `${stack} ${state}`),
      ["trust done", "ncloud done", "nhn done"],
    );
    assert.equal(exitCodeOf(outcomes), 0);
  });

  it("lets the neighbours of a stack that fails finish", async () => {
    const outcomes = await run(pretend({ ncloud: 4 }));
    assert.deepEqual(
      outcomes.map(({ stack, state }) => `${stack} ${state}`),
      ["trust done", "ncloud failed", "nhn done"],
    );
    assert.equal(exitCodeOf(outcomes), 4);
  });

  it("doesn't begin what comes after a wave that failed, and says so", async () => {
    const log: string[] = [];
    const outcomes = await run(pretend({ trust: 2 }, log));
    assert.deepEqual(log, ["begin trust", "end trust"]);
    assert.deepEqual(outcomes.slice(1), [
      { stack: "ncloud", state: "skipped", reason: "trust failed" },
      { stack: "nhn", state: "skipped", reason: "trust failed" },
    ]);
    assert.match(summary(outcomes, false), /ncloud +not run: trust failed/);
    assert.match(summary(outcomes, false), /✖ trust: trust has no luck\./);
  });

  it("ends with the exit code of the first stack that failed, in the order of the plan", async () => {
    assert.equal(exitCodeOf(await run(pretend({ nhn: 5, ncloud: 7 }))), 7);
  });

  it("passes on what isn't a stack's failure", async () => {
    const broken: RunOne = () => Promise.reject(new TypeError("a mistake of ours"));
    await assert.rejects(run(broken), TypeError);
    const interrupt = new AbortController();
    interrupt.abort();
    await assert.rejects(run(pretend({ trust: 1 }), interrupt.signal), { name: "AbortError" });
  });
});

describe("summary", () => {
  it("shows counts per stack, and after a preview the resources with what differs in them", () => {
    const text = summary(
      [
        {
          stack: "ncloud",
          state: "done",
          changes,
          seconds: 3.2,
          warnings: ["mind the gap"],
          notes: ["a.example.com needs a DNS record"],
          resources: [
            {
              operation: "update",
              type: "kubernetes:helm.sh/v3:Release",
              name: "istiod",
              properties: ["values.pilot"],
            },
            { operation: "create", type: "mesh:echo:Echo", name: "echo", properties: [] },
          ],
        },
      ],
      true,
    );
    assert.match(text, /ncloud +2 created, 1 updated +3\.2 s/);
    assert.match(text, /\n {2}~ Release istiod \(values\.pilot\)\n/);
    assert.doesNotMatch(text, /Echo/, "components are no objects of a cluster");
    assert.match(text, /! ncloud: mind the gap\ni ncloud: a\.example\.com needs a DNS record/);
  });
});
