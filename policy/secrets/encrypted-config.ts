import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { parse } from "yaml";
import { resourcePolicy, STACK_TYPE, violation, type MeshPolicy, type Violation } from "../policy";
import { plainSecrets } from "./stack-file";

/** Where the project's files are, seen from the pack: it lies in the project's folder. */
const PROJECT_DIR = "..";

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
        default: PROJECT_DIR,
        description: "Folder of the stack's file, absolute or from the pack's folder on",
      },
    },
  },
  validateResource(args, report) {
    if (args.type !== STACK_TYPE) {
      return;
    }
    const { projectDir = PROJECT_DIR } = args.getConfig<{ projectDir?: string }>();
    const folder = resolve(__dirname, "..", projectDir);
    const files = ["Pulumi.yaml", `Pulumi.${pulumi.getStack()}.yaml`];
    files.flatMap((file) => judge(folder, file)).forEach((sentence) => report(sentence));
  },
};

function judge(folder: string, file: string): Violation[] {
  const path = join(folder, file);
  if (!existsSync(path)) {
    return [];
  }
  const content = parse(readFileSync(path, "utf8")) as { readonly config?: unknown } | null;
  return plainSecrets(content?.config, pulumi.getProject()).map((secret) =>
    violation(
      `${file} at ${secret.path}`,
      `holds ${secret.what} in plain text`,
      `set it by pulumi config set --secret --path '${secret.path}', or write the path of a file`,
    ),
  );
}
