import { mkdir, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { benchClova } from "./clova";
import { benchLab } from "./lab";
import { benchProgram } from "./program";
import { benchTheater } from "./theater";
import { benchTheaterLab } from "./theater-lab";
import { benchStart } from "./start";

/** A benchmark by its name on the command line; its figures are whatever it returns. */
const BENCHMARKS = {
  lab: benchLab,
  program: benchProgram,
  theater: benchTheater,
  "theater-lab": benchTheaterLab,
  clova: benchClova,
  start: benchStart,
} as const satisfies Record<string, (options: { cold: boolean }) => Promise<object>>;

type Name = keyof typeof BENCHMARKS;

const program = new Command("npm run bench --")
  .description("Measures and writes bench/results/<name>.json; asserts nothing.")
  .argument("[names...]", `which: ${Object.keys(BENCHMARKS).join(", ")}; all by default`)
  .option("--cold", "also measure the lab with an empty cache (takes about 12 minutes)", false)
  .action(async (names: string[], { cold }: { cold: boolean }) => {
    const chosen = names.length > 0 ? names : Object.keys(BENCHMARKS);
    for (const name of chosen) {
      if (!(name in BENCHMARKS)) {
        program.error(
          `There is no benchmark ${name}: write ${Object.keys(BENCHMARKS).join(" or ")}.`,
          {
            exitCode: 2,
          },
        );
      }
      console.error(`${name}…`);
      const figures = await BENCHMARKS[name as Name]({ cold });
      const [cpu] = cpus();
      const result = {
        benchmark: name,
        date: new Date().toISOString(),
        machine: {
          cores: cpus().length,
          cpu: cpu?.model,
          memoryGibibytes: Math.round(totalmem() / 2 ** 30),
          node: process.version,
        },
        figures,
      };
      const folder = join(__dirname, "results");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
      console.log(JSON.stringify(result, null, 2));
    }
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
