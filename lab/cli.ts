import { Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../config/errors";
import { cleanCache } from "./build";
import { down, existingClusters, leftovers, status, type LabStatus } from "./cluster";
import { ENGINES, type Engine } from "./deploy";
import { writeKubeconfig } from "./kubeconfig";
import { exclusively } from "./lock";
import { paths } from "./paths";
import { duration } from "./plan-text";
import { runStages, type StepOutput } from "./steps";
import { MAX_CLUSTERS } from "./topology";
import { up } from "./up";
import { renderMatrix, verify } from "./verify";

const EXIT_CODES = `
Exit codes: 0 done · 1 something failed, or the mesh is not as it should be · 2 wrong use · 130 interrupted`;

const DEFAULT_CLUSTERS = 2;
const DEFAULT_REQUESTS = 200;
const WAIT_SECONDS = 30;

const program = new Command("npm run lab --")
  .description("Real Kubernetes clusters on this machine, joined to one Istio mesh by the program.")
  .option("--json", "print one JSON document instead of text")
  .addHelpText("after", EXIT_CODES)
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });

const wholeNumber = (from: number, to: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < from || number > to) {
    throw new InvalidArgumentError(`Write a whole number from ${from} to ${to}.`);
  }
  return number;
};

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
    new Option("--engine <engine>", "what runs the stacks").choices(ENGINES).default("auto"),
  )
  .addOption(requestsOption())
  .action((options: { clusters: number; engine: Engine; requests: number }) =>
    main(async (output, signal) => {
      const result = await exclusively(() => up({ ...options, output, signal, say }));
      print(result, () =>
        [
          "",
          renderMatrix(result.verification),
          "",
          result.verification.ok
            ? `The mesh of ${result.clusters.join(" and ")} works, after ${duration(result.seconds)}.`
            : "The mesh does not work as it should.",
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
    main(async () => {
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
    main(async () => {
      const result = await status();
      print(result, () => statusText(result));
      return result.clusters.length > 0 ? 0 : 1;
    }),
  );

program
  .command("kubeconfig")
  .description("write a kubeconfig with a context per cluster and print its path")
  .action(() =>
    main(async () => {
      const file = await writeKubeconfig(await runningClusters());
      print({ file }, () => file);
      return 0;
    }),
  );

program
  .command("down")
  .description("remove everything but the cache")
  .action(() => main((output) => exclusively(() => takeDown(output))));

program
  .command("clean")
  .description("remove everything, the cache too")
  .action(() =>
    main((output) =>
      exclusively(async () => {
        const code = await takeDown(output);
        await cleanCache();
        return code;
      }),
    ),
  );

async function takeDown(output: StepOutput): Promise<number> {
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

const wantsJson = (): boolean => program.opts<{ json?: boolean }>().json === true;

function print(value: unknown, text: () => string): void {
  console.log(wantsJson() ? JSON.stringify(value, null, 2) : text());
}

/** Text between the lists; beside JSON it goes where it doesn't disturb. */
function say(text: string): void {
  (wantsJson() ? process.stderr : process.stdout).write(`${text}\n`);
}

/** Runs one command to its exit code; the one place where errors turn into text. */
async function main(
  work: (output: StepOutput, signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  process.once("SIGTERM", () => interrupt.abort());
  const output = wantsJson() ? "none" : process.stdout.isTTY ? "terminal" : "lines";
  try {
    process.exitCode = await work(output, interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) {
      console.error(
        "Interrupted: npm run lab carries on from here, npm run lab -- down removes it.",
      );
      process.exitCode = 130;
    } else if (error instanceof UserError) {
      console.error(error.message);
      process.exitCode = error.exitCode;
    } else {
      console.error(
        `${error instanceof Error ? error.message : String(error)}\nLogs: ${paths.run}/logs`,
      );
      if (process.env["MESH_LAB_DEBUG"]) {
        console.error(error);
      }
      process.exitCode = 1;
    }
  }
}

void program.parseAsync();
