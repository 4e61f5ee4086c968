import { build } from "esbuild";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { imageArchives, NO_EXTRAS, serviceImage } from "../lab/build";
import { bundleService, ONE_FILE, SERVICES, type ServiceBundle } from "../lab/build/services";
import { round } from "./run";

/** The Clova extension, as its image holds it. */
export async function clovaBundle(): Promise<ServiceBundle> {
  const service = SERVICES.find(({ name }) => name === "clova");
  if (service === undefined) {
    throw new Error("The lab has no service called clova");
  }
  return bundleService(service);
}

/** What it is compared with, made into one file in the same way. */
export async function echoBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "clova-echo.ts")],
    ...ONE_FILE,
  });
  return outputFiles[0]?.text ?? "";
}

/** Of the image nothing where the lab has not built it; most of it is Node.js. */
export async function sizes({ programs }: ServiceBundle): Promise<object> {
  const text = programs.map((program) => program.text).join("");
  const images = await imageArchives(NO_EXTRAS).catch(() => []);
  const name = images.length > 0 ? serviceImage("clova", images) : undefined;
  const archive = images.find((image) => image.name === name)?.archive;
  return {
    bundleKibibytes: round(Buffer.byteLength(text) / 1024, 0),
    bundleGzipKibibytes: round(gzipSync(text).length / 1024, 0),
    ...(archive !== undefined &&
      existsSync(archive) && { imageMebibytes: round(statSync(archive).size / 2 ** 20, 1) }),
  };
}
