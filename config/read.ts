import * as pulumi from "@pulumi/pulumi";
import { checkCacerts } from "./cacerts";
import { decodeConfig, textsOf } from "./decode";
import { UserError } from "./errors";
import type { CacertsPem, StackConfig } from "./model";
import { parseConfig } from "./parse";
import type { Key } from "./schema";

/** A stack's configuration, with what is secret in it as secret outputs. */
export interface ReadConfig<C extends StackConfig = StackConfig> {
  readonly config: C;
  readonly secrets: Secrets;
}

export interface Secrets {
  /** Kubeconfig texts by cluster ID. */
  readonly kubeconfigs: Readonly<Record<string, pulumi.Output<string>>>;
  /** Ready-made reader kubeconfigs by cluster ID. */
  readonly remoteKubeconfigs: Readonly<Record<string, pulumi.Output<string>>>;
  /** Only where the configuration brings its own CA. */
  readonly cacerts: pulumi.Output<CacertsPem> | undefined;
  /** Only where the configuration brings it; the trust stack's otherwise. */
  readonly theaterRedisPassword: pulumi.Output<string> | undefined;
  /** Only where the page has buttons. */
  readonly theaterControlToken: pulumi.Output<string> | undefined;
}

/**
 * Reads and checks the running stack's configuration, before anything registers.
 *
 * @throws pulumi.RunError one sentence on the first thing that is wrong, which the CLI prints as it is
 */
export function readConfig(): ReadConfig {
  try {
    const raw = decodeConfig(pulumi.runtime.allConfig(), pulumi.getProject());
    const config = parseConfig(raw, pulumi.getStack());
    return { config, secrets: readSecrets(raw, config) };
  } catch (error) {
    throw error instanceof UserError ? new pulumi.RunError(error.message) : error;
  }
}

function readSecrets(raw: Readonly<Record<string, unknown>>, config: StackConfig): Secrets {
  const secretly = (key: Key): Record<string, pulumi.Output<string>> =>
    Object.fromEntries(
      Object.entries(textsOf(raw[key])).map(([id, text]) => [id, pulumi.secret(text)]),
    );
  const secretText = (key: Key): pulumi.Output<string> | undefined =>
    raw[key] ? pulumi.secret(raw[key] as string) : undefined;
  return {
    kubeconfigs: secretly("kubeconfigs"),
    remoteKubeconfigs: secretly("remoteKubeconfigs"),
    cacerts:
      config.kind === "cluster" && config.trust.kind === "provided"
        ? pulumi.secret(checkCacerts(raw["cacerts"] as CacertsPem))
        : undefined,
    theaterRedisPassword: secretText("theaterRedisPassword"),
    theaterControlToken: secretText("theaterControlToken"),
  };
}
