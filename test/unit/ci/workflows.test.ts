import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const PROJECT = join(__dirname, "../../..");
const FOLDER = join(PROJECT, ".github/workflows");

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix?: { readonly stack?: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ file, workflow, name, job })),
);
const scripts = (
  JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  }
).scripts;

describe("the workflows", () => {
  it("are those of pull requests, previews, drift and the lab", () => {
    assert.deepEqual(
      workflows.map(({ file }) => file),
      ["drift.yml", "lab.yml", "pr.yml", "preview.yml"],
    );
  });

  it("begin with the right to read, and nothing else", () => {
    for (const { file, workflow } of workflows) {
      assert.deepEqual(workflow.permissions, { contents: "read" }, file);
    }
  });

  it("pin every action to a commit, with its version beside it", () => {
    for (const { file, text } of workflows) {
      for (const [line] of text.matchAll(/uses: .*/g)) {
        assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${file}: ${line}`);
      }
    }
  });

  it("don't leave the job's token behind, and end by themselves", () => {
    for (const { file, name, job } of jobs) {
      assert(job["timeout-minutes"] !== undefined, `${file}: ${name}`);
      for (const step of job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
        assert.equal(step.with?.["persist-credentials"], false, `${file}: ${name}`);
      }
    }
  });

  it("never run a fork's code with rights or secrets", () => {
    for (const { file, text, workflow } of workflows) {
      assert(!("pull_request_target" in workflow.on), file);
      const isForForks = "pull_request" in workflow.on && !text.includes("head.repo.full_name ==");
      assert(!isForForks || !text.includes("secrets."), file);
    }
  });

  it("call scripts that exist", () => {
    for (const { file, text } of workflows) {
      for (const [, script] of text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
        assert((script as string) in scripts, `${file}: npm run ${script}`);
      }
    }
    assert(readFileSync(join(PROJECT, ".ci/run"), "utf8").startsWith("#!"));
  });

  it("put nothing that others write into a shell", () => {
    for (const { file, name, job } of jobs) {
      for (const { run = "" } of job.steps) {
        assert.doesNotMatch(run, /\$\{\{/, `${file}: ${name}`);
      }
    }
  });

  it("preview every stack that has a file here", () => {
    const stacks = readdirSync(PROJECT).flatMap(
      (file) => /^Pulumi\.(\w+)\.yaml$/.exec(file)?.[1] ?? [],
    );
    const preview = jobs.find(({ file }) => file === "preview.yml")?.job;
    assert.deepEqual([...(preview?.strategy?.matrix?.stack ?? [])].sort(), stacks.sort());
  });
});

describe("renovate.json", () => {
  it("finds Istio's version wherever it is written", () => {
    const { customManagers } = JSON.parse(readFileSync(join(PROJECT, "renovate.json"), "utf8")) as {
      customManagers: { managerFilePatterns: string[]; matchStrings: string[] }[];
    };
    for (const { managerFilePatterns, matchStrings } of customManagers) {
      for (const pattern of managerFilePatterns) {
        const file = pattern.slice(2, -2).replaceAll("\\", "");
        const text = readFileSync(join(PROJECT, file), "utf8");
        const found = matchStrings.flatMap(
          (match) => new RegExp(match).exec(text)?.groups?.["currentValue"] ?? [],
        );
        assert.deepEqual(found, ["1.31.1"], file);
      }
    }
  });
});
