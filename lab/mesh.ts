import {
  binaries,
  charts,
  cniPlugins,
  imageArchives,
  istioTag,
  serviceImage,
  toolEnv,
  VERSIONS,
} from "./build";
import type { Toolchain } from "./cluster";
import type { DeployerOptions } from "./deploy/deployer";
import { labStackConfig } from "./stack-configs";
import type { LabCluster } from "./topology";
import { dirname } from "node:path";

/** What the clusters are brought up with. */
export const toolchain = async (): Promise<Toolchain> => ({
  binaries: binaries(),
  cniPlugins: cniPlugins(),
  env: toolEnv(),
  images: await imageArchives(),
});

/** What the stacks of a mesh of these clusters are run with. */
export async function deployerOptions(clusters: readonly LabCluster[]): Promise<DeployerOptions> {
  const images = await imageArchives();
  const parts = {
    charts: dirname(charts().base),
    istioVersion: istioTag,
    kubernetesVersion: VERSIONS.kubernetes,
    echoImage: serviceImage("echo", images),
  };
  return {
    clusters,
    config: (stack) => labStackConfig(stack, clusters, parts),
    helm: binaries().helm,
  };
}
