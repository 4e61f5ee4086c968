import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { paths } from "../paths";
import type { Extra } from "./extras";

/** A service of ours that the lab has an image of. */
export interface Service {
  /** Its folder below `apps/`, and the image's name after `istio-multicloud/`. */
  readonly name: string;
  /** Files of `src/` that are programs, without `.ts`; the image starts the first. */
  readonly programs: readonly [string, ...string[]];
  /** Folder below `src/` that programs read, beside them in the image. */
  readonly folder?: string;
  /** One image per program and called like it, below this prefix, instead of one of all. */
  readonly imagesOf?: string;
  /** Without it, the lab has it always. */
  readonly extra?: Extra;
}

/** A further service is a further row. */
export const SERVICES: readonly Service[] = [
  { name: "bookinfo", programs: ["main", "client"] },
  { name: "echo", programs: ["server", "client"] },
  { name: "clova", programs: ["server"] },
  { name: "hello", programs: ["server"] },
  {
    name: "theater",
    programs: ["user-service", "movie-service", "booking-service", "api-gateway"],
    folder: "gateway/page",
    imagesOf: "theater-msa",
    extra: "theater",
  },
];

/** One bundled program. */
export interface Program {
  readonly file: string;
  readonly text: string;
}

/** A service as its image holds it: each program one file, with its dependencies inside. */
export interface ServiceBundle {
  readonly name: string;
  /** Of its package.json; the image's tag. */
  readonly version: string;
  /** The service's programs, the one that the image starts first. */
  readonly programs: readonly [Program, ...Program[]];
  /** Absolute path of the folder that they read. */
  readonly folder?: string;
  readonly imagesOf?: string;
}

/** What the images of our own services are called before the tag. */
export const serviceImageName = (service: string): string => `istio-multicloud/${service}`;

/** How esbuild makes a program one file that Node runs as it is, in memory. */
export const ONE_FILE = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  write: false,
  logLevel: "silent",
} as const satisfies BuildOptions;

/**
 * Bundles a service in memory, in a fraction of a second, so nothing of it is cached.
 *
 * @param folder with package.json and src/
 * @throws Error when the service does not build
 */
export async function bundleService(
  { name, programs, folder: read, imagesOf }: Service,
  folder: string = join(paths.project, "apps", name),
): Promise<ServiceBundle> {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: programs.map((program) => `src/${program}.ts`),
    outdir: "out",
    ...ONE_FILE,
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const program = (source: string): Program => {
    const file = `${source}.js`;
    const text = texts.get(file);
    if (text === undefined) {
      throw new Error(`esbuild made no ${file} of ${folder}`);
    }
    return { file, text };
  };
  const [main, ...others] = programs;
  return {
    name,
    version,
    programs: [program(main), ...others.map(program)],
    ...(read !== undefined && { folder: join(folder, "src", read) }),
    ...(imagesOf !== undefined && { imagesOf }),
  };
}
