import { decodeConfig, textsOf, type Texts } from "../config/decode";
import { UserError } from "../config/errors";
import type { StackConfig } from "../config/model";
import { parseConfig } from "../config/parse";
import { loadStackConfig } from "../config/stack-files";
import { stackFile, type Project } from "./project";
import { requirePulumiCli } from "./pulumi-cli";

/** A stack's configuration as the program itself would read it, secrets in clear. */
export interface StackSettings<C extends StackConfig = StackConfig> {
  readonly stack: string;
  readonly config: C;
  /** Kubeconfig texts by cluster ID: the stack's own cluster's and its peers'. */
  readonly kubeconfigs: Texts;
  /** Ready-made reader kubeconfigs by cluster ID. */
  readonly remoteKubeconfigs: Texts;
  /** The cluster's own CA files by part, e.g. `rootCert`; none where the trust stack signs. */
  readonly cacerts: Texts;
}

/**
 * Reads one stack's configuration. The Pulumi CLI is asked only where something in the stack's file is
 * encrypted.
 *
 * @throws UserError one sentence on the first thing that is wrong in it
 */
export async function readSettings(project: Project, stack: string): Promise<StackSettings> {
  let isEncrypted = false;
  const placeholder = (): string => {
    isEncrypted = true;
    return "";
  };
  let loaded = loadStackConfig(project.dir, stack, { placeholder });
  if (isEncrypted) {
    loaded = loadStackConfig(project.dir, stack, {
      placeholder,
      values: await decrypted(project, stack),
    });
  }
  const raw = decodeConfig(loaded.config, loaded.project);
  return {
    stack,
    config: parseConfig(raw, stack),
    kubeconfigs: textsOf(raw["kubeconfigs"]),
    remoteKubeconfigs: textsOf(raw["remoteKubeconfigs"]),
    cacerts: textsOf(raw["cacerts"]),
  };
}

/** Every value of the stack's file in clear, by key. */
async function decrypted(project: Project, stack: string): Promise<Record<string, unknown>> {
  await requirePulumiCli();
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  const workspace = await LocalWorkspace.create({ workDir: project.dir, envVars: project.env });
  const values = await workspace.getAllConfig(stack).catch((error: unknown) => {
    throw decryptionError(project, stack, error);
  });
  return Object.fromEntries(Object.entries(values).map(([key, { value }]) => [key, parsed(value)]));
}

function decryptionError(project: Project, stack: string, error: unknown): UserError {
  const text = error instanceof Error ? error.message : String(error);
  const reason = /error: (.+)/.exec(text)?.[1] ?? text.split("\n")[0];
  return new UserError(
    `The secrets in ${stackFile(project, stack)} can't be read (${reason}): log in to the stack's backend and set PULUMI_CONFIG_PASSPHRASE if it has one`,
  );
}

/** The CLI prints objects as JSON. */
function parsed(value: string): unknown {
  try {
    const read: unknown = JSON.parse(value);
    return typeof read === "object" ? read : value;
  } catch {
    return value;
  }
}
