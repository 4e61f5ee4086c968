import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { parse } from "yaml";
import { resourcePolicy, STACK_TYPE, violation, type MeshPolicy, type Violation } from "../policy";
import { plainSecrets } from "./stack-file";

const PACK = join(__dirname, "..");

const policy = resourcePolicy(
  {
    name: "config-encrypted",
    refuses:
      "Kubeconfigs, keys and CA files in plain text in the files of the project and the stack",
    why: "Stack files are committed: a key that was in one once stays in the history",
    source: "https://www.pulumi.com/docs/iac/concepts/secrets/",
    level: "mandatory",
    severity: "critical",
  },
  () => [],
);

/**
 * Kubeconfigs and keys as secrets only, as far as the stack's file is concerned.
 *
 * A program and a policy are handed configuration that is decrypted already, so that only the file
 * tells. It is judged once, with the first resource that a run registers, its stack.
 */
export const encryptedConfig: ResourceValidationPolicy & MeshPolicy = {
  ...policy,
  configSchema: {
    properties: {
      ...policy.configSchema?.properties,
      projectDir: {
        type: "string",
        description:
          "Folder of the stack's file, absolute or from the pack's folder on; otherwise the one that the CLI was called in, or the one above the pack",
      },
    },
  },
  validateResource(args, report) {
    if (args.type !== STACK_TYPE) {
      return;
    }
    const { projectDir } = args.getConfig<{ projectDir?: string }>();
    const project = pulumi.getProject();
    const folder = projectDir === undefined ? findProject(project) : resolve(PACK, projectDir);
    if (folder === undefined) {
      return args.notApplicable(`Set projectDir to the folder of project ${project}'s Pulumi.yaml`);
    }
    const files = [PROJECT_FILE, `Pulumi.${pulumi.getStack()}.yaml`];
    files.flatMap((file) => judge(folder, file, project)).forEach((sentence) => report(sentence));
  },
};

const PROJECT_FILE = "Pulumi.yaml";

/** Of the folder that the CLI was called in and the one above the pack the first that is the project's. */
const findProject = (project: string): string | undefined =>
  [process.env["PWD"] ?? PACK, join(PACK, "..")].find(
    (folder) => readYaml(join(folder, PROJECT_FILE))?.["name"] === project,
  );

const judge = (folder: string, file: string, project: string): Violation[] =>
  plainSecrets(readYaml(join(folder, file))?.["config"], project).map((secret) =>
    violation(
      `${file} at ${secret.path}`,
      `holds ${secret.what} in plain text`,
      `set it by pulumi config set --secret --path '${secret.path}', or write the path of a file`,
    ),
  );

/** The file's content; undefined where there is no such file, or an empty one. */
const readYaml = (path: string): Readonly<Record<string, unknown>> | undefined =>
  existsSync(path)
    ? ((parse(readFileSync(path, "utf8")) as Readonly<Record<string, unknown>> | null) ?? undefined)
    : undefined;
