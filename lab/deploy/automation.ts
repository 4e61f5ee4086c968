import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { UserError } from "../../config/errors";
import { paths } from "../paths";
import type { Deployer, DeployerOptions, Report, StackChanges } from "./deployer";

/** The lab's own project folder: the checkout's program with the lab's stack files and state. */
const PROJECT_DIR = join(paths.run, "pulumi");

/** Runs the stacks with the Pulumi CLI, through its Automation API, on a local file backend. */
export function automation({ config, clusters }: DeployerOptions): Deployer {
  const select = async (stack: string): Promise<Stack> => {
    const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
    await writeProject(stack, config(stack));
    return LocalWorkspace.createOrSelectStack(
      { stackName: stack, workDir: PROJECT_DIR },
      {
        envVars: {
          PULUMI_BACKEND_URL: `file://${join(PROJECT_DIR, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: await passphrase(),
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
  };
  return {
    name: "the Pulumi CLI",
    async up(stack, fresh, report, signal) {
      const selected = await select(stack);
      const result = await selected
        .up({ refresh: fresh, signal, onEvent: (event) => describe(event, report) })
        .catch(asUserError(stack));
      return changesOf(result.summary.resourceChanges);
    },
    async destroy(stack, report, signal) {
      const selected = await select(stack);
      const result = await selected
        .destroy({ remove: true, signal, onEvent: (event) => describe(event, report) })
        .catch(asUserError(stack));
      return changesOf(result.summary.resourceChanges);
    },
    async existingStacks() {
      const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
      const [first] = clusters;
      if (first === undefined) {
        return [];
      }
      const { workspace } = await select(first.name);
      return workspace instanceof LocalWorkspace
        ? (await workspace.listStacks())
            .filter(({ resourceCount }) => (resourceCount ?? 0) > 0)
            .map(({ name }) => name)
        : [];
    },
  };
}

/** Writes the project file, which leads to the program, and the stack's file; keeps the stack's salt. */
async function writeProject(stack: string, config: Record<string, unknown>): Promise<void> {
  await mkdir(join(PROJECT_DIR, "state"), { recursive: true, mode: 0o700 });
  const project = parse(await readFile(join(paths.project, "Pulumi.yaml"), "utf8")) as object;
  await writeFile(join(PROJECT_DIR, "Pulumi.yaml"), stringify({ ...project, main: paths.project }));
  const stackFile = join(PROJECT_DIR, `Pulumi.${stack}.yaml`);
  const before = (await readFile(stackFile, "utf8").then(parse, () => ({}))) as object;
  await writeFile(stackFile, stringify({ ...before, config }), { mode: 0o600 });
}

/** One passphrase for the life of a lab; it protects what only root can read anyway. */
async function passphrase(): Promise<string> {
  const file = join(PROJECT_DIR, "passphrase");
  await writeFile(file, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") {
        throw error;
      }
    },
  );
  return readFile(file, "utf8");
}

function describe({ resourcePreEvent }: EngineEvent, report: Report): void {
  if (resourcePreEvent !== undefined && resourcePreEvent.metadata.op !== "same") {
    const { op, urn, type } = resourcePreEvent.metadata;
    report(`${op} ${type.split(":").at(-1)} ${urn.split("::").at(-1)}`);
  }
}

function changesOf(changes: Partial<Record<string, number>> = {}): StackChanges {
  return {
    created: changes["create"] ?? 0,
    updated: (changes["update"] ?? 0) + (changes["replace"] ?? 0),
    deleted: changes["delete"] ?? 0,
    unchanged: changes["same"] ?? 0,
  };
}

const asUserError =
  (stack: string) =>
  (error: unknown): never => {
    const text = error instanceof Error ? error.message : String(error);
    const sentences = [...text.matchAll(/^\s*error: (.+)$/gm)].map(([, sentence]) => sentence);
    throw new UserError(
      `Stack ${stack}: ${sentences.length > 0 ? [...new Set(sentences)].join(" ") : text}`,
    );
  };
