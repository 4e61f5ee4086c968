import { readFileSync, readdirSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../exec";
import { paths } from "../paths";
import { architecture } from "./architecture";
import { BUILD_CACHES, isComplete, keyOf, writeEntry } from "./entry";
import type { GoModule } from "./go-modules";
import { stampCharts } from "./chart-version";

type Progress = (line: string) => void;

/** Module and build caches while building; they are several times the size of what is built. */
const workFolder = join(paths.cache, BUILD_CACHES);

/**
 * Flags of every build. Without DWARF and symbol tables a cold build takes an eighth less time and
 * the binaries half the space; with -trimpath they don't depend on where the caches are.
 */
const BUILD_FLAGS = [
  "-mod=readonly",
  "-trimpath",
  "-pgo=off",
  "-gcflags=all=-dwarf=false",
] as const;

/** Fixed whatever the host has: no C compiler is needed and nothing links to the host's libraries. */
const buildEnvironment = (): Record<string, string> => ({
  CGO_ENABLED: "0",
  GOOS: "linux",
  GOARCH: architecture().go,
  GOFLAGS: "-buildvcs=false",
  GOWORK: "off",
});

/** Where the caches are; `$MESH_LAB_GOMODCACHE` and `$MESH_LAB_GOCACHE` name ones that are kept. */
const cacheEnvironment = (): Record<string, string> => ({
  GOMODCACHE: process.env["MESH_LAB_GOMODCACHE"] ?? join(workFolder, "modules"),
  GOCACHE: process.env["MESH_LAB_GOCACHE"] ?? join(workFolder, "build"),
  GOTMPDIR: join(workFolder, "tmp"),
});

const tagsOf = ({ tags }: GoModule): string[] =>
  tags === undefined ? [] : [`-tags=${tags.join(",")}`];

const moduleFolder = (module: GoModule): string => join(paths.project, "lab/build/go", module.id);

/** Cache entry of what is built from `module`: `bin/`, and the files that it keeps. */
export const goEntry = (module: GoModule): string =>
  join(
    paths.cache,
    `${module.id}-${module.version}-${keyOf(
      goSources(moduleFolder(module)),
      module.packages,
      module.variables,
      module.sources ?? null,
      ...(module.tags === undefined ? [] : [module.tags]),
      BUILD_FLAGS,
      buildEnvironment(),
    )}`,
  );

/** Every file of a module of ours with its content, in a fixed order. */
function goSources(folder: string): [path: string, content: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]);
}

/**
 * Downloads the modules that the packages of `module` need, checked against go.sum; takes seconds
 * when they are there.
 *
 * @returns how many packages a build from nothing compiles
 */
export async function downloadModules(
  module: GoModule,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const packages = await go(
    module,
    ["list", "-mod=readonly", "-deps", ...tagsOf(module), ...module.packages],
    {
      signal,
      onLine: (line) => {
        const download = /^go: downloading (\S+ \S+)/.exec(line);
        if (download?.[1] !== undefined) {
          progress(download[1]);
        }
      },
    },
  );
  return packages.trim().split("\n").length;
}

/**
 * Builds all binaries of `module` into its cache entry. Progress counts the packages, each told as
 * it is compiled; a build that carries on where another stopped ends below the total.
 */
export async function buildModule(
  module: GoModule,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await writeEntry(goEntry(module), async (folder) => {
    const linkerFlags = [
      "-s -w",
      ...Object.entries(module.variables).map(([name, value]) => `-X ${name}=${value}`),
    ].join(" ");
    const packageCount = await downloadModules(module, progress, signal);
    let compiled = 0;
    await mkdir(join(folder, "bin"));
    await go(
      module,
      [
        "build",
        "-v",
        ...BUILD_FLAGS,
        ...tagsOf(module),
        `-ldflags=${linkerFlags}`,
        "-o",
        `${join(folder, "bin")}/`,
        ...module.packages,
      ],
      {
        signal,
        onLine: (line) => {
          compiled += 1;
          progress(`${compiled}/${packageCount} ${line}`);
        },
      },
    );
    await copySources(module, folder, signal);
  });
}

async function copySources(module: GoModule, folder: string, signal: AbortSignal): Promise<void> {
  if (module.sources === undefined) {
    return;
  }
  const source = await go(module, ["list", "-m", "-f", "{{.Dir}}", module.sources.module], {
    signal,
  });
  for (const [from, to] of Object.entries(module.sources.files)) {
    const target = join(folder, to);
    await mkdir(join(target, ".."), { recursive: true });
    // Files in a module cache are read-only; the copies are ours.
    await exec("cp", ["--recursive", "--no-preserve=mode", join(source.trim(), from), target]);
  }
  await stampCharts(join(folder, "charts"), module.sources.chartVersion);
}

async function go(
  module: GoModule,
  args: readonly string[],
  options: { readonly signal: AbortSignal; readonly onLine?: Progress },
): Promise<string> {
  const env = { ...buildEnvironment(), ...cacheEnvironment() };
  await mkdir(join(workFolder, "tmp"), { recursive: true });
  return exec("go", args, { ...options, cwd: moduleFolder(module), env });
}

export const hasBuildCaches = (): boolean => isComplete(workFolder);

/** Removes the caches of this folder, never ones that an environment variable names. */
export const removeBuildCaches = (): Promise<void> =>
  rm(workFolder, { recursive: true, force: true });
