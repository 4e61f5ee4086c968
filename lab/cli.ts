import { Command, Option } from "commander";
import { wholeNumber } from "../cli/arguments";
import { UserError } from "../config/errors";
import { cleanCache, EXTRAS, type Extras } from "./build";
import { down, existingClusters, leftovers, status, type LabStatus } from "./cluster";
import { ENGINES } from "./deploy";
import { DEFAULT_EXTRAS, parseExtras } from "./extras-option";
import { writeKubeconfig } from "./kubeconfig";
import { exclusively } from "./lock";
import { paths } from "./paths";
import { duration } from "./plan-text";
import { runner, strictly, type Terminal } from "../cli/command-line";
import { runStages } from "../cli/steps";
import { MAX_CLUSTERS } from "./topology";
import { up, type UpOptions } from "./up";
import { renderMatrix, verify } from "./verify";

const EXIT_CODES = `
Exit codes: 0 done · 1 something failed, or the mesh is not as it should be · 2 wrong use · 130 interrupted`;

const DEFAULT_CLUSTERS = 2;
const DEFAULT_REQUESTS = 200;
const WAIT_SECONDS = 30;

const program = new Command("npm run lab --")
  .description("Real Kubernetes clusters on this machine, joined to one Istio mesh by the program.")
  .option("--json", "print one JSON document instead of text")
  .addHelpText("after", EXIT_CODES);
strictly(program);
const main = runner(program, {
  afterInterrupt: "npm run lab carries on from here, npm run lab -- down removes it.",
  logs: `Logs: ${paths.run}/logs`,
});

const requestsOption = (): Option =>
  new Option("--requests <n>", "requests from each cluster")
    .default(DEFAULT_REQUESTS)
    .argParser(wholeNumber(1, 10_000));

program
  .command("up", { isDefault: true })
  .description("bring up the clusters and the mesh, or what of them is missing, and verify it")
  .addOption(
    new Option("--clusters <n>", "how many clusters")
      .default(DEFAULT_CLUSTERS)
      .argParser(wholeNumber(1, MAX_CLUSTERS)),
  )
  .addOption(
    new Option("--with <names>", `what runs on the mesh: none, or any of ${EXTRAS.join(", ")}`)
      .default(parseExtras(DEFAULT_EXTRAS), DEFAULT_EXTRAS)
      .argParser(parseExtras),
  )
  .addOption(
    new Option("--engine <engine>", "what runs the stacks").choices(ENGINES).default("auto"),
  )
  .addOption(requestsOption())
  .action(
    ({
      with: extras,
      ...options
    }: Pick<UpOptions, "clusters" | "engine" | "requests"> & { with: Extras }) =>
      main(async ({ output, signal, say, print }) => {
        const result = await exclusively(() => up({ ...options, extras, output, signal, say }));
        print(result, () =>
          [
            "",
            renderMatrix(result.verification),
            "",
            result.verification.ok
              ? `The mesh of ${result.clusters.join(" and ")} works, after ${duration(result.seconds)}.`
              : "The mesh does not work as it should.",
            ...(result.theaterUrl === undefined ? [] : [`Theater: ${result.theaterUrl}`]),
            `Logs: ${paths.run}/logs · kubectl: export KUBECONFIG=$(npm run --silent lab -- kubeconfig)`,
          ].join("\n"),
        );
        return result.verification.ok ? 0 : 1;
      }),
  );

program
  .command("verify")
  .description("send requests from each cluster and print who answered whom")
  .addOption(requestsOption())
  .action(({ requests }: { requests: number }) =>
    main(async ({ print }) => {
      const clusters = await runningClusters();
      const result = await verify(clusters, { requests, waitSeconds: WAIT_SECONDS });
      print(result, () => renderMatrix(result));
      return result.ok ? 0 : 1;
    }),
  );

program
  .command("status")
  .description("say what runs, cluster by cluster and component by component")
  .action(() =>
    main(async ({ print }) => {
      const result = await status();
      print(result, () => statusText(result));
      return result.clusters.length > 0 ? 0 : 1;
    }),
  );

program
  .command("kubeconfig")
  .description("write a kubeconfig with a context per cluster and print its path")
  .action(() =>
    main(async ({ print }) => {
      const file = await writeKubeconfig(await runningClusters());
      print({ file }, () => file);
      return 0;
    }),
  );

program
  .command("down")
  .description("remove everything but the cache")
  .action(() => main((terminal) => exclusively(() => takeDown(terminal))));

program
  .command("clean")
  .description("remove everything, the cache too")
  .action(() =>
    main((terminal) =>
      exclusively(async () => {
        const code = await takeDown(terminal);
        await cleanCache();
        return code;
      }),
    ),
  );

async function takeDown({ output, print }: Terminal): Promise<number> {
  const times = await runStages(
    [
      {
        title: "Lab",
        steps: [{ title: "Everything but the cache", run: (report) => down(report) }],
      },
    ],
    output,
  );
  const left = await leftovers();
  print({ steps: times, leftovers: left }, () =>
    left.length === 0
      ? "Nothing of the lab is left but its cache."
      : left.map(({ kind, what }) => `left: ${kind} ${what}`).join("\n"),
  );
  return left.length === 0 ? 0 : 1;
}

async function runningClusters() {
  const clusters = await existingClusters();
  if (clusters.length === 0) {
    throw new UserError("No lab is running: start it with npm run lab");
  }
  return clusters;
}

function statusText({ clusters, loadBalancer }: LabStatus): string {
  if (clusters.length === 0) {
    return "No lab is running.";
  }
  const line = ({ component, running, ready, pid, since }: LabStatus["loadBalancer"]): string =>
    `  ${ready ? "✔" : running ? "…" : "✖"} ${component.padEnd(24)}${running ? `pid ${pid ?? "?"}${since ? ` since ${new Date(since).toISOString()}` : ""}` : "not running"}`;
  return [
    ...clusters.flatMap(({ cluster, components }) => [
      `${cluster.name} (${cluster.apiServer})`,
      ...components.map(line),
    ]),
    "all clusters",
    line(loadBalancer),
  ].join("\n");
}

void program.parseAsync();
