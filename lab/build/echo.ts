import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { paths } from "../paths";

const folder = join(paths.project, "apps/echo");

/** The echo service as its image holds it: each program one file, with its dependencies inside. */
export interface EchoBundle {
  readonly version: string;
  readonly server: string;
  readonly client: string;
}

/**
 * Bundles the echo service in memory, in a fraction of a second, so nothing of it is cached.
 *
 * @param service folder with package.json, src/server.ts and src/client.ts
 */
export async function bundleEcho(service: string = folder): Promise<EchoBundle> {
  const { version } = JSON.parse(readFileSync(join(service, "package.json"), "utf8")) as {
    version: string;
  };
  const { outputFiles } = await build({
    absWorkingDir: service,
    entryPoints: ["src/server.ts", "src/client.ts"],
    outdir: "out",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    write: false,
    logLevel: "silent",
  });
  const program = (name: string): string => {
    const file = outputFiles.find(({ path }) => basename(path) === name);
    if (file === undefined) {
      throw new Error(`esbuild made no ${name} of ${service}`);
    }
    return file.text;
  };
  return { version, server: program("server.js"), client: program("client.js") };
}
