import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, round, timed } from "./run";

const RUNS = 5;

/** How long the program takes without any cluster: rendering a stack, against loading the SDKs alone. */
export async function benchProgram(): Promise<object> {
  const out = await mkdtemp(join(tmpdir(), "render-"));
  const render = ["tsx", "lab/render.ts", "--stack", "ncloud", "--out", out];
  const require = ["-e", 'require("@pulumi/pulumi"); require("@pulumi/kubernetes")'];
  await timed("npx", render);
  const renders: number[] = [];
  const requires: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    renders.push((await timed("npx", render)).seconds);
    requires.push((await timed("node", require)).seconds);
  }
  await rm(out, { recursive: true });
  return {
    renderSeconds: median(renders),
    requireSdksSeconds: median(requires),
    renderToRequire: round(median(renders) / median(requires)),
    unitTestsSeconds: (await timed("npm", ["test", "--silent"])).seconds,
  };
}
