import type { Command } from "commander";
import { toError } from "../../kube/error";
import type { MeshContext } from "../command";
import { checklist, type Item, type Scene } from "../demo/checklist";
import type { Seen } from "../demo/judge";
import { openMesh } from "../open";
import { gatewayOf, stagesOf } from "../scenario/stages";

const EXIT_CODES = `
It makes one user, one movie and one booking, and changes nothing else. Exit codes: 0 everything is as
it should be · 1 something isn't · 2 wrong use or wrong configuration · 130 interrupted.`;

interface Line extends Seen {
  readonly title: string;
}

export function demo(program: Command, context: MeshContext): void {
  program
    .command("demo")
    .description("go through the theater's check list, line by line, with real requests")
    .addHelpText("after", EXIT_CODES)
    .action(() =>
      context.run(async ({ json, print, say, signal }) => {
        const stages = await stagesOf(await openMesh(await context.project()));
        const scene = { stages, gateway: await gatewayOf(stages), signal };
        const lines: Line[] = [];
        for (const item of checklist(stages[0]?.theater.routes ?? [])) {
          const line = await lookAt(item, scene);
          lines.push(line);
          if (!json) {
            say(textOf(line));
          }
        }
        const wrong = lines.filter(({ ok }) => !ok).length;
        print({ ok: wrong === 0, lines }, () =>
          wrong === 0
            ? `All ${lines.length} are as they should be.`
            : `${wrong} of ${lines.length} are not as they should be.`,
        );
        return wrong === 0 ? 0 : 1;
      }),
    );
}

/** A line that can't be looked at is not as it should be, and the others are looked at all the same. */
async function lookAt({ title, look }: Item, scene: Scene): Promise<Line> {
  try {
    return { title, ...(await look(scene)) };
  } catch (error) {
    scene.signal.throwIfAborted();
    return { title, ok: false, what: toError(error).message };
  }
}

const textOf = ({ title, ok, what }: Line): string => `${ok ? "✔" : "✖"} ${title}: ${what}`;
