import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Version of every chart in Istio's sources, which its release process replaces. */
const UNRELEASED = "1.0.0";

/** A chart's Chart.yaml with `version` as its own version and the one of the application. */
export const stampChart = (chartYaml: string, version: string): string =>
  chartYaml.replace(
    new RegExp(`^(version|appVersion): ${UNRELEASED.replaceAll(".", "\\.")}$`, "gm"),
    `$1: ${version}`,
  );

/** Gives every chart below `folder` the version of its release, as Istio's release process does. */
export async function stampCharts(folder: string, version: string): Promise<void> {
  for (const chart of await readdir(folder)) {
    const file = join(folder, chart, "Chart.yaml");
    await writeFile(file, stampChart(await readFile(file, "utf8"), version));
  }
}
