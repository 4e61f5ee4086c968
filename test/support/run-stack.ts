import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../config/read";
import { clusterStack } from "../../stacks/cluster";
import type { ClusterOutputs } from "../../stacks/outputs";
import { pulumiConfig, rawConfig } from "./config";
import { record, type Answers, type Registered } from "./record";

/** What the trust stack would hand to a cluster. */
export const TRUSTED_CACERTS = {
  caCert: "CA\n",
  caKey: "KEY\n",
  rootCert: "ROOT\n",
  certChain: "CA\nROOT\n",
};

/** What the trust stack would hand to a theater. */
export const REDIS_PASSWORD = "0123456789abcdefghijklmnopqrstuv";

interface Options extends Pick<Answers, "isPreview"> {
  /** Further configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Clusters that the trust stack has signed for; all by default. */
  readonly trusted?: readonly string[];
}

/** Runs a cluster's stack of a mesh of these clusters, and returns what it registers. */
export const runClusterStack = async (
  names: readonly string[],
  stack: string,
  options: Options = {},
): Promise<Registered[]> => (await recordClusterStack(names, stack, options)).resources;

/** The same, with what the stack exports. */
export function recordClusterStack(
  names: readonly string[],
  stack: string,
  { config: over = {}, trusted = names, isPreview = false }: Options = {},
): Promise<{ resources: Registered[]; result: ClusterOutputs }> {
  return record(
    stack,
    () => {
      pulumi.runtime.setAllConfig(pulumiConfig(rawConfig(names, over)));
      const { config, secrets } = readConfig();
      assert(config.kind === "cluster");
      return clusterStack(config, secrets);
    },
    {
      isPreview,
      stacks: {
        "organization/mesh/trust": {
          cacerts: Object.fromEntries(trusted.map((name) => [name, TRUSTED_CACERTS])),
          ...(trusted.length > 0 && { theaterRedisPassword: REDIS_PASSWORD }),
        },
      },
    },
  );
}
