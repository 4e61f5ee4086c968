import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyEvent } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { hasPulumiCli } from "../../mesh/pulumi-cli";
import { expected } from "../fixtures/policy/expected";

const ROOT = join(__dirname, "../..");
const FIXTURE = join(ROOT, "test/fixtures/policy");

interface Preview {
  readonly violations: readonly (typeof expected)[number][];
  /** The CLI's own, 0 for a preview that went through. */
  readonly exitCode: number;
}

describe("the policy pack under the Pulumi CLI", () => {
  /** A project of its own, since the CLI writes to a stack's file: its program is the fixture's. */
  let folder: string;

  before(async function () {
    if (!(await hasPulumiCli())) {
      console.log("    no Pulumi CLI is installed and none can be fetched: skipped");
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "policy-pack-"));
    const project = parse(await readFile(join(FIXTURE, "Pulumi.yaml"), "utf8")) as object;
    await writeFile(join(folder, "Pulumi.yaml"), stringify({ ...project, main: FIXTURE }));
    await copyFile(join(FIXTURE, "Pulumi.bad.yaml"), join(folder, "Pulumi.bad.yaml"));
  });
  after(async () => {
    if (folder !== undefined) {
      await rm(folder, { recursive: true });
    }
  });

  const preview = async (
    config: Record<string, unknown>,
    env: Record<string, string> = {},
  ): Promise<Preview> => {
    const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "bad", workDir: folder },
      {
        envVars: {
          PULUMI_BACKEND_URL: `file://${folder}`,
          PULUMI_CONFIG_PASSPHRASE: "any",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          ...env,
        },
      },
    );
    const configFile = join(folder, "policies.json");
    await writeFile(configFile, JSON.stringify(config));
    const events: PolicyEvent[] = [];
    const exitCode = await stack
      .preview({
        policyPacks: [join(ROOT, "policy")],
        policyPackConfigs: [configFile],
        onEvent: ({ policyEvent }) => {
          if (policyEvent !== undefined) {
            events.push(policyEvent);
          }
        },
      })
      .then(
        () => 0,
        (error: Error) => Number(/^code: (-?\d+)/.exec(error.message)?.[1]),
      );
    return { violations: events.map(toViolation), exitCode };
  };

  it("refuses the bad program for exactly what is wrong with it", async () => {
    const { violations, exitCode } = await preview({}, { PWD: folder });
    assert.deepEqual(inOrder(violations), inOrder(expected));
    assert.notEqual(exitCode, 0);
  });

  it("lets through what the pack's configuration makes advice or exempts", async () => {
    const advice = [...new Set(expected.map(({ policy }) => policy))].filter(
      (policy) => policy !== "keys-encrypted",
    );
    const { violations, exitCode } = await preview({
      ...Object.fromEntries(advice.map((policy) => [policy, "advisory"])),
      "config-encrypted": { projectDir: folder, enforcementLevel: "advisory" },
      "keys-encrypted": { exempt: ["anonymous"] },
    });
    assert.equal(exitCode, 0);
    assert.deepEqual(
      inOrder(violations),
      inOrder(
        expected
          .filter(({ policy }) => policy !== "keys-encrypted")
          .map((violation) => ({ ...violation, level: "advisory" as const })),
      ),
    );
  });
});

function toViolation(event: PolicyEvent): (typeof expected)[number] {
  const text = event.message.replace(/<\{%[^%]*%\}>/g, "").trim();
  return {
    policy: event.policyName,
    level: event.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
    resource: event.resourceUrn?.split("::").at(-1) ?? "",
    sentence: text.split("\n").at(-1) ?? "",
  };
}

const inOrder = (violations: readonly (typeof expected)[number][]): string[] =>
  violations.map((violation) => JSON.stringify(violation)).sort();
