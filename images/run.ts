import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandLine, ContainerEngine, ImageBuild } from "./engines";

/** Runs one command line in the root of the checkout. @returns its standard output */
export type RunCommand = (command: CommandLine["command"]) => Promise<string>;

/** Runs command lines one after the other. @throws what the first throws that may not fail */
export async function runAll(lines: readonly CommandLine[], run: RunCommand): Promise<string> {
  let output = "";
  for (const { command, mayFail } of lines) {
    output = await run(command).catch((error: unknown) => {
      if (mayFail === true) {
        return "";
      }
      throw error;
    });
  }
  return output;
}

/** Builds and pushes an image. @returns the digest that it has in the registry */
export async function pushImage(
  engine: ContainerEngine,
  image: ImageBuild,
  run: RunCommand,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "images-"));
  try {
    const digestFile = join(folder, "digest");
    await runAll(engine.push(image, digestFile), run);
    return engine.pushedDigest(await readFile(digestFile, "utf8"));
  } finally {
    await rm(folder, { recursive: true });
  }
}
