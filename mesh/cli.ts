import { resolve } from "node:path";
import { Command, Option } from "commander";
import { runner, strictly } from "../cli/command-line";
import { bundle } from "./commands/bundle";
import { check } from "./commands/check";
import { demo } from "./commands/demo";
import { destroy, preview, up } from "./commands/drive";
import { preflight } from "./commands/preflight";
import { scenario } from "./commands/scenario";
import { traffic } from "./commands/traffic";
import { topology } from "./commands/topology";
import { watch } from "./commands/watch";
import type { AddCommand, MeshContext } from "./command";
import { checkoutProject, type Project } from "./project";

const EXIT_CODES = `
Exit codes: 0 done · 1 something failed, or the mesh is not as it should be · 2 wrong use or wrong
configuration · 130 interrupted`;

const COMMANDS: readonly AddCommand[] = [
  preflight,
  preview,
  up,
  destroy,
  check,
  topology,
  watch,
  bundle,
  traffic,
  scenario,
  demo,
];

const program = strictly(
  new Command("npm run mesh --")
    .description("Deploys the stacks of a mesh and looks after it.")
    .option("--json", "print one JSON document instead of text")
    .addOption(
      new Option("--project <dir>", "folder of Pulumi.yaml and the stacks' files").conflicts("lab"),
    )
    .option("--lab", "the stacks of the running lab (npm run lab)")
    .addHelpText("after", EXIT_CODES),
);

const context: MeshContext = {
  run: runner(program, {
    afterInterrupt: "what was done is done; run the command again to go on.",
  }),
  async project(): Promise<Project> {
    const { lab, project } = program.opts<{ lab?: boolean; project?: string }>();
    if (lab) {
      const { labProject } = await import("../lab/project.js");
      return labProject();
    }
    return project === undefined ? checkoutProject() : { dir: resolve(project), env: {} };
  },
};

for (const add of COMMANDS) {
  add(program, context);
}
void program.parseAsync();
