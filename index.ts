import { readConfig } from "./config/read";
import { clusterStack } from "./stacks/cluster";
import { trustStack } from "./stacks/trust";

/**
 * One program, two kinds of stack: `trust` holds the root key and signs an intermediate per cluster;
 * every other stack deploys one cluster and its view of the peers.
 */
export = () => {
  const { config, secrets } = readConfig();
  return config.kind === "trust" ? trustStack(config) : clusterStack(config, secrets);
};
