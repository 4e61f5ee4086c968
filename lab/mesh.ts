import {
  binaries,
  certManagerChart,
  certManagerTag,
  charts,
  cniPlugins,
  imageArchives,
  istioTag,
  JAEGER_IMAGE,
  NO_EXTRAS,
  REDIS_IMAGE,
  serviceImage,
  toolEnv,
  VERSIONS,
  type Extras,
  type ImageArchive,
} from "./build";
import { THEATER } from "../components/theater/constants";
import type { Toolchain } from "./cluster";
import type { DeployerOptions } from "./deploy/deployer";
import { labStackConfig } from "./stack-configs";
import type { LabCluster } from "./topology";
import { dirname, join } from "node:path";
import { paths } from "./paths";

/** What the clusters are brought up with. */
export const toolchain = async (extras: Extras = NO_EXTRAS): Promise<Toolchain> => ({
  binaries: binaries(),
  cniPlugins: cniPlugins(),
  env: toolEnv(),
  images: await imageArchives(extras),
});

/** What the stacks of a mesh of these clusters are run with. */
export async function deployerOptions(
  clusters: readonly LabCluster[],
  extras: Extras = NO_EXTRAS,
): Promise<DeployerOptions> {
  const images = await imageArchives(extras);
  const parts = {
    charts: dirname(charts().base),
    istioVersion: istioTag,
    kubernetesVersion: VERSIONS.kubernetes,
    echoImage: serviceImage("echo", images),
    helloImage: extras.has("first-steps") ? serviceImage("hello", images) : undefined,
    bookinfoImage: extras.has("bookinfo") ? serviceImage("bookinfo", images) : undefined,
    https: extras.has("https")
      ? {
          clovaImage: serviceImage("clova", images),
          certManager: { version: certManagerTag, charts: dirname(certManagerChart()) },
        }
      : undefined,
    observability: extras.has("observability")
      ? {
          charts: join(paths.project, "lab/stand-in-charts"),
          jaegerImage: JAEGER_IMAGE,
          stateMetricsVersion: VERSIONS.kubeStateMetrics,
        }
      : undefined,
    theater: extras.has("theater") ? theaterImages(images) : undefined,
  };
  return {
    clusters,
    config: (stack) => labStackConfig(stack, clusters, parts),
    helm: binaries().helm,
  };
}

const theaterImages = (images: readonly ImageArchive[]): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    images
      .filter(({ name }) => name.startsWith(`${THEATER.name}/`))
      .map(({ name }) => [name.slice(THEATER.name.length + 1).replace(/:.*/, ""), name]),
  ),
  [THEATER.redis]: REDIS_IMAGE,
});
