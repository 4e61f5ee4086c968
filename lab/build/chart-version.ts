import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Version of every chart in the sources of Istio or cert-manager, which the release replaces. */
const UNRELEASED = ["1.0.0", "v0.0.0"];

/** A chart's Chart.yaml with `version` as its own version and the one of the application. */
export const stampChart = (chartYaml: string, version: string): string =>
  chartYaml.replace(
    new RegExp(`^(version|appVersion): (${UNRELEASED.join("|").replaceAll(".", "\\.")})$`, "gm"),
    `$1: ${version}`,
  );

/** Gives every chart below `folder` the version of its release, as its release process does. */
export async function stampCharts(folder: string, version: string): Promise<void> {
  for (const chart of await readdir(folder)) {
    const file = join(folder, chart, "Chart.yaml");
    await writeFile(file, stampChart(await readFile(file, "utf8"), version));
  }
}
