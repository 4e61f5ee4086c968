import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** Whether a release's `chart` is a folder or archive of this machine, as helm decides it too. */
export const isLocalChart = (chart: string): boolean =>
  !/^(oci|https?):\/\//.test(chart) && existsSync(chart);

/** SHA-256 over names and contents of a local chart's files; a remote chart is told by its version. */
export function chartDigest(chart: string): string {
  if (!isLocalChart(chart)) {
    return chart;
  }
  const hash = createHash("sha256");
  for (const file of filesOf(chart)) {
    const content = readFileSync(file);
    hash.update(`${relative(chart, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  return statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesOf(join(path, name)))
    : [path];
}
