import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import type { Terminal } from "../../cli/command-line";
import { table } from "../../cli/table";
import { UserError } from "../../config/errors";
import type { MeshContext } from "../command";
import { confirm, requireSomebody } from "../drive/confirm";
import { openMesh } from "../open";
import { watch, type Answer } from "../scenario/answer";
import { disturb, putAllBack, reset, type Stage } from "../scenario/disturb";
import { gatewayOf, stagesOf } from "../scenario/stages";
import { SCENARIOS, type Clusters, type Scenario } from "../scenario/scenarios";

const EXIT_CODES = `
Exit codes: 0 it was seen as it should be · 1 it wasn't · 2 wrong use or wrong configuration · 8 called
off · 130 interrupted. Whatever happens, the theater is put back as it was.`;

/** Time for every cluster's proxies to hear of a change. */
const SPREAD_MS = 3000;

export function scenario(program: Command, context: MeshContext): void {
  const group = program
    .command("scenario")
    .description("play a fault on the theater, watch what the mesh makes of it, and put it back");
  group
    .command("list")
    .description("say what there is to play")
    .action(() =>
      context.run(({ print }) => {
        print(
          SCENARIOS.map(({ name, does }) => ({ name, does })),
          () => table(SCENARIOS.map(({ name, does }) => [name, does])),
        );
        return Promise.resolve(0);
      }),
    );
  group
    .command("run")
    .description("play one scenario")
    .argument("<name>", SCENARIOS.map(({ name }) => name).join(", "))
    .option("-y, --yes", "play it without asking")
    .addHelpText("after", EXIT_CODES)
    .action((name: string, { yes = false }: { yes?: boolean }) =>
      context.run(async (terminal) => {
        const played = named(name);
        if (!yes) {
          requireSomebody();
        }
        const mesh = await openMesh(await context.project());
        const stages = await stagesOf(mesh);
        const clusters = clustersOf(stages);
        terminal.say(`${played.name}: ${played.does}.\nTo be seen: ${played.sees(clusters)}`);
        if (!yes) {
          await confirm(`Play it on the theater of mesh ${mesh.mesh.id}?`, "yes", terminal.signal);
        }
        const answers = await play(played, stages, clusters, terminal);
        const report = {
          scenario: name,
          sees: played.sees(clusters),
          seen: summary(answers),
          wrong: played.judge(answers, clusters),
        };
        terminal.print(report, () => reportText(report));
        return report.wrong === undefined ? 0 : 1;
      }),
    );
  group
    .command("reset")
    .description("make the theater what its configuration says, e.g. after a run that was killed")
    .action(() =>
      context.run(async (terminal) => {
        const lines = await reset(await stagesOf(await openMesh(await context.project())));
        terminal.print({ changed: lines }, () =>
          lines.length === 0 ? "Everything is as configured." : lines.join("\n"),
        );
        return 0;
      }),
    );
}

function reportText({
  seen,
  wrong,
}: {
  readonly seen: ReturnType<typeof summary>;
  readonly wrong: string | undefined;
}): string {
  const { requests, byCluster, byStatus, slowestSeconds } = seen;
  const counts = (each: Readonly<Record<string, number>>): string =>
    Object.entries(each)
      .map(([key, count]) => `${key} ${count}`)
      .join(", ");
  return [
    `Seen: ${requests} requests; by cluster ${counts(byCluster)}; by status ${counts(byStatus)}; the slowest took ${slowestSeconds} s.`,
    wrong === undefined ? "✔ As it should be." : `✖ ${wrong}.`,
  ].join("\n");
}

/** @throws UserError for a name that no scenario has */
function named(name: string): Scenario {
  const found = SCENARIOS.find((each) => each.name === name);
  if (found === undefined) {
    const names = SCENARIOS.map((each) => each.name).join(" or ");
    throw new UserError(`${name} is no scenario: write ${names}`, 2);
  }
  return found;
}

/** @throws UserError where no two clusters share a service */
function clustersOf(stages: readonly Stage[]): Clusters {
  const { routes } = (stages[0] as Stage).theater;
  const canary = routes.find((route) => route.service === "user-service")?.canary;
  const shared = routes.every(({ weights }) => weights.length > 1);
  const stays = routes[0]?.weights.find(({ cluster }) => cluster !== canary)?.cluster;
  if (!shared || canary === undefined || stays === undefined) {
    throw new UserError(
      "Scenarios need each service in two clusters: name two in every list of mesh:theater.placement",
      2,
    );
  }
  return { stays, other: canary };
}

async function play(
  { disturbance, watch: plan }: Scenario,
  stages: readonly Stage[],
  clusters: Clusters,
  { say, signal }: Terminal,
): Promise<Answer[]> {
  const gateway = await gatewayOf(stages);
  const undone: (() => Promise<unknown>)[] = [];
  const { gone, failing, ...quiet } = disturbance(clusters);
  try {
    await disturb(stages, quiet, (step) => undone.push(step));
    await sleep(Object.keys(quiet).length === 0 ? 0 : SPREAD_MS, undefined, { signal });
    // What proxies have to notice by themselves begins while it is watched.
    const watching = watch(gateway, plan, signal);
    watching.catch(() => undefined);
    await disturb(
      stages,
      { ...(gone !== undefined && { gone }), ...(failing && { failing }) },
      (step) => undone.push(step),
    );
    return await watching;
  } finally {
    await putAllBack(undone);
    if (undone.length > 0) {
      say("Put back.");
    }
  }
}

function summary(answers: readonly Answer[]) {
  const count = (key: (answer: Answer) => string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const answer of answers) {
      counts[key(answer)] = (counts[key(answer)] ?? 0) + 1;
    }
    return counts;
  };
  return {
    requests: answers.length,
    byCluster: count(({ cluster }) => cluster ?? "none"),
    byStatus: count(({ status }) => String(status)),
    slowestSeconds: Math.round(Math.max(...answers.map((each) => each.milliseconds)) / 100) / 10,
  };
}
