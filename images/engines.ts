import { parseDigest } from "./reference";

/** One image, as it is to be built. */
export interface ImageBuild {
  /** With registry and tag. */
  readonly reference: string;
  /** Path of the Dockerfile from the root of the checkout, which is the context. */
  readonly dockerfile: string;
  readonly target: string | undefined;
  /** e.g. `linux/amd64`; one at least. */
  readonly platforms: readonly string[];
  /** `NAME=value` */
  readonly buildArguments: readonly string[];
}

/** A command line, to be run in the root of the checkout. */
export interface CommandLine {
  readonly command: readonly [program: string, ...args: string[]];
  /** It may fail, e.g. since there is nothing to remove. */
  readonly mayFail?: true;
}

/** What one container engine is told to do: command lines, which nothing here runs. */
export interface ContainerEngine {
  /** What has to be installed. */
  readonly title: string;
  /** Succeeds where it is. */
  readonly probe: CommandLine;
  readonly build: (image: ImageBuild) => readonly CommandLine[];
  /** Builds what changed, and pushes it. @param digestFile where the engine writes the digest */
  readonly push: (image: ImageBuild, digestFile: string) => readonly CommandLine[];
  /** @param text content of that file @throws Error where there is no digest in it */
  readonly pushedDigest: (text: string) => string;
  /** Prints the digest that the registry has for a reference. */
  readonly lookUp: (reference: string) => CommandLine;
}

const definition = ({ dockerfile, target, platforms, buildArguments }: ImageBuild): string[] => [
  "--platform",
  platforms.join(","),
  "--file",
  dockerfile,
  ...(target === undefined ? [] : ["--target", target]),
  ...buildArguments.flatMap((argument) => ["--build-arg", argument]),
];

/** docker with buildx, which pushes as it builds: it keeps no image of several platforms. */
const docker: ContainerEngine = {
  title: "docker with buildx",
  probe: { command: ["docker", "buildx", "version"] },
  build: (image) => [
    buildx(image, ...(image.platforms.length === 1 ? ["--load"] : ["--output", "type=cacheonly"])),
  ],
  push: (image, digestFile) => [buildx(image, "--push", "--metadata-file", digestFile)],
  pushedDigest: (text) =>
    parseDigest(
      (JSON.parse(text) as { "containerimage.digest"?: string })["containerimage.digest"] ?? "",
    ),
  lookUp: (reference) => ({
    command: [
      "docker",
      "buildx",
      "imagetools",
      "inspect",
      reference,
      "--format",
      "{{.Manifest.Digest}}",
    ],
  }),
};

const buildx = (image: ImageBuild, ...output: string[]): CommandLine => ({
  command: [
    "docker",
    "buildx",
    "build",
    ...definition(image),
    "--tag",
    image.reference,
    ...output,
    ".",
  ],
});

/** podman, which collects the images of all platforms in a manifest list of its own. */
const podman: ContainerEngine = {
  title: "podman",
  probe: { command: ["podman", "--version"] },
  build: (image) => [
    // A list takes further images in beside those of an earlier build.
    { command: ["podman", "manifest", "rm", image.reference], mayFail: true },
    { command: ["podman", "build", ...definition(image), "--manifest", image.reference, "."] },
  ],
  push: (image, digestFile) => [
    ...podman.build(image),
    {
      command: [
        "podman",
        "manifest",
        "push",
        "--all",
        "--digestfile",
        digestFile,
        image.reference,
        `docker://${image.reference}`,
      ],
    },
  ],
  pushedDigest: parseDigest,
  // podman itself shows a list's content and not its digest; skopeo comes from the same makers.
  lookUp: (reference) => ({
    command: ["skopeo", "inspect", "--format", "{{.Digest}}", `docker://${reference}`],
  }),
};

export const CONTAINER_ENGINES = { docker, podman } as const;
export type EngineName = keyof typeof CONTAINER_ENGINES;
/** In the order in which they are looked for. */
export const ENGINE_NAMES = Object.keys(CONTAINER_ENGINES) as EngineName[];
