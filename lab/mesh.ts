import { binaries, charts, imageArchives, istioTag, toolEnv, VERSIONS, cniPlugins } from "./build";
import type { Toolchain } from "./cluster";
import type { DeployerOptions } from "./deploy/deployer";
import { labStackConfig } from "./stack-configs";
import type { LabCluster } from "./topology";
import { dirname } from "node:path";

/** Name and version under which the lab has the echo service's image. */
const ECHO_IMAGE_NAME = "istio-multicloud/echo";

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
  const echoImage = images.find(({ name }) => name.includes(ECHO_IMAGE_NAME))?.name;
  if (echoImage === undefined) {
    throw new Error(`no image called ${ECHO_IMAGE_NAME} among the lab's`);
  }
  const parts = {
    charts: dirname(charts().base),
    istioVersion: istioTag,
    kubernetesVersion: VERSIONS.kubernetes,
    echoImage,
  };
  return {
    clusters,
    config: (stack) => labStackConfig(stack, clusters, parts),
    helm: binaries().helm,
  };
}
