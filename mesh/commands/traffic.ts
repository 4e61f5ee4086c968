import type { Command } from "commander";
import { table } from "../../cli/table";
import { UserError } from "../../config/errors";
import type { WeightedService } from "../../config/theater-schema";
import type { MeshContext } from "../command";
import { confirm, requireSomebody } from "../drive/confirm";
import { openMesh, type Member } from "../open";
import { readRoute, sharesOf, withShares, writeRoute, type LiveRoute } from "../theater/live-route";
import { saveShares } from "../theater/save-shares";
import { parseShares, sameShares, serviceNamed, sharesText, type Shares } from "../theater/shares";

const EXIT_CODES = `
Without shares it says how the requests are divided now. Exit codes: 0 done · 1 something failed, and
what was changed before is as it was · 2 wrong use or wrong configuration · 8 called off.`;

interface Options {
  readonly save?: boolean;
  readonly yes?: boolean;
}

/** One cluster's view of a service. */
interface View {
  readonly member: Member;
  readonly live: LiveRoute;
}

export function traffic(program: Command, context: MeshContext): void {
  program
    .command("traffic")
    .description("divide the requests to one of the theater's services among the clusters, at once")
    .argument("<service>", "user, movie or booking")
    .argument(
      "[share...]",
      "percentages, e.g. ncloud=90 nhn=10; 0 is 0, and so is what is left out",
    )
    .option("--save", "also write the shares where the stacks' files configure the theater")
    .option("-y, --yes", "change it without asking")
    .addHelpText("after", EXIT_CODES)
    .action((name: string, texts: string[], { save = false, yes = false }: Options) =>
      context.run(async ({ print, say, signal }) => {
        const service = serviceNamed(name);
        const project = await context.project();
        const { mesh, members } = await openMesh(project);
        const configured = configuredShares(members, service);
        const shares = texts.length === 0 ? undefined : parseShares(texts, Object.keys(configured));
        if (shares !== undefined && !yes) {
          requireSomebody();
        }
        const views = await Promise.all(
          members.map(async (member) => ({
            member,
            live: await readRoute(await member.client(), member.cluster.id, service),
          })),
        );
        const now = Object.fromEntries(
          views.map(({ member, live }) => [member.cluster.id, sharesOf(live)]),
        );
        if (shares === undefined) {
          print({ service, configured, live: now }, () => stateText(configured, now));
          return 0;
        }
        if (!yes) {
          say(changeText(now, shares));
          await confirm(`Divide ${service} of mesh ${mesh.id} so?`, "yes", signal);
        }
        await changeAll(views, shares);
        const saved = save ? saveShares(project, service, shares) : [];
        print({ service, configured, before: now, live: shares, saved }, () =>
          [
            `${service}: ${sharesText(shares)}, in ${views.length} clusters.`,
            ...saved.map((file) => `${file} says so too.`),
            ...(save || sameShares(configured, shares)
              ? []
              : [
                  `The stacks' configuration still says ${sharesText(configured)}: --save writes this there, else an up that changes the service, or up --refresh, brings that back.`,
                ]),
          ].join("\n"),
        );
        return 0;
      }),
    );
}

/** @throws UserError where the mesh has no theater */
function configuredShares(members: readonly Member[], service: WeightedService): Shares {
  const routes = members.flatMap(({ settings }) => settings.config.theater?.routes ?? []);
  const route = routes.find((each) => each.service === service);
  if (route === undefined) {
    throw new UserError("No stack has a theater: set mesh:theater.enabled, then run up", 2);
  }
  return Object.fromEntries(route.weights.map(({ cluster, weight }) => [cluster, weight]));
}

const stateText = (configured: Shares, now: Readonly<Record<string, Shares>>): string => {
  const places = Object.keys(configured);
  const cells = (shares: Shares): string[] => places.map((place) => String(shares[place] ?? 0));
  return table([
    ["%", ...places],
    ["configured", ...cells(configured)],
    ...Object.entries(now).map(([cluster, shares]) => [`in ${cluster}`, ...cells(shares)]),
  ]);
};

const changeText = (now: Readonly<Record<string, Shares>>, shares: Shares): string =>
  table(
    Object.entries(now).map(([cluster, before]) => [
      `in ${cluster}`,
      sharesText(before),
      sameShares(before, shares) ? "stays" : `⇒ ${sharesText(shares)}`,
    ]),
  );

/** In all clusters, or in none: a change that fails in one is taken back in the others. */
async function changeAll(views: readonly View[], shares: Shares): Promise<void> {
  const done: View[] = [];
  try {
    for (const view of views.filter(({ live }) => !sameShares(sharesOf(live), shares))) {
      await writeRoute(await view.member.client(), withShares(view.live, shares));
      done.push(view);
    }
  } catch (error) {
    for (const { member, live } of done) {
      const client = await member.client();
      const service = live.metadata.name as WeightedService;
      const latest = await readRoute(client, member.cluster.id, service);
      await writeRoute(client, withShares(latest, sharesOf(live)));
    }
    throw error;
  }
}
