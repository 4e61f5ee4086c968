import { basename, join } from "node:path";
import { paths } from "../paths";
import { architecture } from "./architecture";
import { debianFolders } from "./debian";
import { isComplete, keyOf, removeOtherKeys, writeEntry } from "./entry";
import { envoyEntry } from "./envoy";
import { goEntry } from "./go";
import type { Extras } from "./extras";
import { CERT_MANAGER, ISTIO, JAEGER, KUBERNETES, PROMETHEUS } from "./go-modules";
import { writeImageArchive } from "./image-archive";
import { layerEntries, type LayerEntry } from "./image-files";
import { sharedBuiltins } from "./node-builtins";
import { imageTable, type HttpsProgram, type Image, type ImageSources } from "./image-table";
import { bundleService, serviceImageName, SERVICES } from "./services";

/** An image on disk. */
export interface ImageArchive {
  /** Reference with tag, as pods name it. */
  readonly name: string;
  /** Absolute path of a docker-archive tar with this one image; another path for other content. */
  readonly archive: string;
}

interface PreparedImage extends ImageArchive {
  readonly image: Image;
  readonly entries: readonly LayerEntry[];
  readonly entry: string;
}

/** `docker.io/istio/pilot:1.31.1` ⇒ `pilot` */
const shortName = (image: Image): string => basename(image.name).split(":")[0] ?? image.name;

/**
 * Every image with all that goes into it. Files count by path, size and time of modification, texts
 * by content, so this takes a fraction of a second although the images hold half a gigabyte.
 */
async function prepareImages(extras: Extras): Promise<PreparedImage[]> {
  const { libraries } = debianFolders();
  return Promise.all(
    imageTable(await imageSources(extras)).map(async (image) => {
      const entries = await layerEntries(image, libraries);
      const { name, entrypoint, user, env } = image;
      const key = keyOf({ name, entrypoint, user, env }, entries, architecture().go);
      const entry = join(paths.cache, `image-${shortName(image)}-${key}`);
      return { name, archive: join(entry, "image.tar"), image, entries, entry };
    }),
  );
}

async function imageSources(extras: Extras): Promise<ImageSources> {
  const kubernetes = goEntry(KUBERNETES);
  const istio = goEntry(ISTIO);
  const { root, xtables } = debianFolders();
  return {
    programs: {
      coredns: join(kubernetes, "bin/coredns"),
      "install-cni": join(istio, "bin/install-cni"),
      "istio-cni": join(istio, "bin/istio-cni"),
      pause: join(kubernetes, "bin/pause"),
      "pilot-agent": join(istio, "bin/pilot-agent"),
      "pilot-discovery": join(istio, "bin/pilot-discovery"),
      envoy: join(envoyEntry(), "envoy"),
      iptables: join(root, "usr/sbin/xtables-nft-multi"),
      node: process.execPath,
    },
    https: extras.has("https") ? httpsPrograms() : undefined,
    observability: extras.has("observability")
      ? {
          prometheus: join(goEntry(PROMETHEUS), "bin/prometheus"),
          "kube-state-metrics": join(goEntry(PROMETHEUS), "bin/kube-state-metrics"),
          jaeger: join(goEntry(JAEGER), "bin/jaeger"),
        }
      : undefined,
    nodeBuiltins: sharedBuiltins(process.config),
    xtables: { from: xtables, to: `/usr/lib/${architecture().multiarch}/xtables` },
    envoyBootstrap: join(istio, "envoy_bootstrap.json"),
    certificateAuthorities: "/etc/ssl/certs/ca-certificates.crt",
    services: await Promise.all(
      SERVICES.filter(({ extra }) => extra === undefined || extras.has(extra)).map((service) =>
        bundleService(service),
      ),
    ),
    // Debian's redis-server is a link to it, and both are one program.
    redis: extras.has("theater") ? join(root, "usr/bin/redis-check-rdb") : undefined,
  };
}

function httpsPrograms(): NonNullable<ImageSources["https"]> {
  const built = (program: HttpsProgram): string => join(goEntry(CERT_MANAGER), "bin", program);
  return {
    acmesolver: built("acmesolver"),
    cainjector: built("cainjector"),
    controller: built("controller"),
    pebble: built("pebble"),
    startupapicheck: built("startupapicheck"),
    webhook: built("webhook"),
  };
}

/** Whether every image is there, made of what is in the cache and in apps/ now. */
export async function hasImages(extras: Extras): Promise<boolean> {
  const prepared = await prepareImages(extras).catch(ignoreMissingFiles);
  return prepared !== undefined && prepared.every(({ entry }) => isComplete(entry));
}

/** The images are made of other parts: while one of those is missing, so are they. */
function ignoreMissingFiles(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
    throw error;
  }
}

/**
 * Writes the images that are missing, and removes their predecessors: a cluster has its own copy of
 * an image once it has imported it.
 */
export async function makeImages(
  extras: Extras,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, archive, image, entries, entry } of await prepareImages(extras)) {
    signal.throwIfAborted();
    if (!isComplete(entry)) {
      progress(name);
      await writeEntry(entry, async (folder) => {
        const file = join(folder, basename(archive));
        await writeImageArchive(file, image, entries, architecture().go);
      });
    }
    await removeOtherKeys(entry);
  }
}

export const imageArchives = async (extras: Extras): Promise<ImageArchive[]> =>
  (await prepareImages(extras)).map(({ name, archive }) => ({ name, archive }));

/**
 * Full reference of the image of one of our own services.
 *
 * @throws Error when there is none: `SERVICES` has no such row
 */
export function serviceImage(service: string, images: readonly ImageArchive[]): string {
  const image = images.find(({ name }) => name.startsWith(`${serviceImageName(service)}:`));
  if (image === undefined) {
    throw new Error(`no image called ${serviceImageName(service)} among the lab's`);
  }
  return image.name;
}
