import { Listr, PRESET_TIMER, type ListrTask } from "listr2";

/** One thing that `npm run lab` does, a line in its list. */
export interface Step {
  readonly title: string;
  /**
   * @param report shows what the step is at
   * @returns what came of it, shown behind the title
   */
  run(report: (line: string) => void): Promise<string | void>;
}

/** Steps that run side by side, after those of the stage before. */
export interface Stage {
  readonly title: string;
  readonly steps: readonly Step[];
}

export interface StepTime {
  readonly stage: string;
  readonly step: string;
  readonly seconds: number;
}

/** Where the list goes: redrawn on a terminal, line by line elsewhere, nowhere beside `--json`. */
export type StepOutput = "terminal" | "lines" | "none";

const RENDERERS = { terminal: "default", lines: "simple", none: "silent" } as const;

/** A log doesn't need every package of a build. */
const LINE_INTERVAL_MS = 15_000;

/**
 * Runs stages one after the other.
 *
 * @returns how long each step took
 * @throws what the first failing step throws, once the steps beside it have ended
 */
export async function runStages(stages: readonly Stage[], output: StepOutput): Promise<StepTime[]> {
  const times: StepTime[] = [];
  for (const stage of stages.filter(({ steps }) => steps.length > 0)) {
    const failures: unknown[] = [];
    await new Listr(
      [
        {
          title: stage.title,
          task: (_context, task) =>
            task.newListr(
              stage.steps.map((step) => toTask(stage, step, output, times, failures)),
              { concurrent: true, exitOnError: false },
            ),
        },
      ],
      {
        renderer: RENDERERS[output],
        rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
        registerSignalListeners: false,
      },
    ).run();
    if (failures.length > 0) {
      throw failures[0];
    }
  }
  return times;
}

function toTask(
  stage: Stage,
  step: Step,
  output: StepOutput,
  times: StepTime[],
  failures: unknown[],
): ListrTask {
  return {
    title: step.title,
    task: async (_context, task) => {
      const start = performance.now();
      const report = throttled((line) => (task.output = line), output);
      try {
        const result = await step.run(report);
        if (result) {
          task.title = `${step.title}: ${result}`;
        }
      } catch (error) {
        failures.push(error);
        throw error;
      }
      times.push({
        stage: stage.title,
        step: step.title,
        seconds: Math.round((performance.now() - start) / 10) / 100,
      });
    },
  };
}

function throttled(show: (line: string) => void, output: StepOutput): (line: string) => void {
  if (output === "terminal") {
    return show;
  }
  let last = performance.now();
  return (line) => {
    if (performance.now() - last >= LINE_INTERVAL_MS) {
      last = performance.now();
      show(line);
    }
  };
}
