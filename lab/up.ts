import { UserError } from "../config/errors";
import { buildPlan, makeParts, obstacles, type Extras, type Part, type PartId } from "./build";
import {
  existingClusters,
  upCluster,
  upLoadBalancer,
  upNetwork,
  type ClusterEvent,
} from "./cluster";
import { describeChanges, type StackChanges } from "../mesh/changes";
import { deployer, type Deployer, type Engine } from "./deploy";
import { addressIn, ensureCekKeys, ingressTarget, setRecord, upAcmeServer } from "./internet";
import { deployerOptions, toolchain } from "./mesh";
import { duration, planText } from "./plan-text";
import { removeStackFile } from "./project";
import { CLOVA_HOST, stackNames, TRUST_STACK } from "./stack-configs";
import { runStages, type Stage, type Step, type StepOutput, type StepTime } from "../cli/steps";
import { labClusters, type LabCluster } from "./topology";
import { verify, type Verification } from "./verify";

export interface UpOptions {
  /** How many clusters the mesh has. */
  readonly clusters: number;
  /** What runs on the mesh. */
  readonly extras: Extras;
  readonly engine: Engine;
  readonly requests: number;
  readonly output: StepOutput;
  /** Shows a text between the lists. */
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface UpResult {
  readonly clusters: readonly string[];
  readonly engine: string;
  readonly seconds: number;
  readonly steps: readonly StepTime[];
  /** What each stack's run changed. */
  readonly changes: Readonly<Record<string, StackChanges>>;
  readonly verification: Verification;
  /** Where the theater's page is, if there is one. */
  readonly theaterUrl: string | undefined;
}

const MEMORY_MEBIBYTES = 4000;
const VERIFY_WAIT_SECONDS = 120;

/** Brings everything up that isn't, deploys the stacks, and sends traffic through the mesh. */
export async function up(options: UpOptions): Promise<UpResult> {
  const start = performance.now();
  const { signal, say, output, extras } = options;
  const clusters = labClusters(options.clusters);
  const [build, existing] = await Promise.all([buildPlan(extras), existingClusters()]);
  const running = existing.map(({ name }) => name);
  const problems = await obstacles(build.missing, running.length > 0 ? 0 : MEMORY_MEBIBYTES);
  if (problems.length > 0) {
    throw new UserError(problems.join("\n"));
  }
  const names = {
    cli: "the Pulumi CLI",
    "stand-in": "the lab's stand-in",
    auto: "the Pulumi CLI or the lab's stand-in",
  };
  say(planText(clusters, build, running, names[options.engine]));

  const steps: StepTime[] = [];
  const run = async (stages: readonly Stage[]): Promise<void> => {
    steps.push(...(await runStages(stages, output)));
    signal.throwIfAborted();
  };

  await run([partsStage(build.missing, signal)]);
  const fresh = new Set<string>();
  const changes: Record<string, StackChanges> = {};
  const engine = await deployer(options.engine, await deployerOptions(clusters, extras));
  const leaving = existing.filter(({ name }) => !clusters.some((stays) => stays.name === name));
  // A cluster that leaves runs until its stack is gone and the others have let go of it.
  await run(await clusterStages([...clusters, ...leaving], extras, fresh, signal));
  if (extras.has("https")) {
    await run([internetStage(clusters)]);
  }
  await run([await leavingStage(engine, clusters, signal)]);
  await run(stackStages(engine, clusters, fresh, changes, signal));
  if (leaving.length > 0) {
    await run(await clusterStages(clusters, extras, fresh, signal));
  }
  if (extras.has("https")) {
    await run([dnsStage(clusters)]);
  }
  let verification: Verification | undefined;
  await run([
    {
      title: "Traffic",
      steps: [
        {
          title: `Requests through the mesh`,
          async run(report) {
            verification = await verify(clusters, {
              requests: options.requests,
              waitSeconds: VERIFY_WAIT_SECONDS,
              progress: report,
            });
          },
        },
      ],
    },
  ]);
  return {
    clusters: clusters.map(({ name }) => name),
    engine: engine.name,
    seconds: Math.round((performance.now() - start) / 100) / 10,
    steps,
    changes,
    verification: verification as Verification,
    theaterUrl: extras.has("theater") ? await theaterUrl(clusters[0] as LabCluster) : undefined,
  };
}

async function theaterUrl(entry: LabCluster): Promise<string | undefined> {
  const target = await ingressTarget(entry);
  // This machine doesn't ask the clusters' DNS.
  return target && `http://${addressIn(target) ?? target}/`;
}

/** A step per missing part; what may overlap does, as the parts themselves say. */
function partsStage(missing: readonly Part[], signal: AbortSignal): Stage {
  const reports = new Map<PartId, (line: string) => void>();
  const ended = new Map<PartId, (took: string) => void>();
  let all: Promise<void> | undefined;
  const begin = (): Promise<void> =>
    (all ??= makeParts(
      missing,
      {
        progress: ({ id }, line) => reports.get(id)?.(line),
        // The list counts from its own beginning, also what a part waited for others.
        done: ({ id }, seconds) => ended.get(id)?.(`took ${duration(seconds)}`),
      },
      signal,
    ));
  return {
    title: "Parts",
    steps: missing.map(({ id, title, detail }) => ({
      title,
      run: (report) =>
        new Promise((resolve, reject) => {
          report(detail);
          reports.set(id, report);
          ended.set(id, resolve);
          begin().catch(reject);
        }),
    })),
  };
}

async function clusterStages(
  clusters: readonly LabCluster[],
  extras: Extras,
  fresh: Set<string>,
  signal: AbortSignal,
): Promise<Stage[]> {
  const tools = await toolchain(extras);
  return [
    {
      title: "Network",
      steps: [
        {
          title: "One network per cluster, and one between them",
          run: (report) => upNetwork(clusters, tools, (name) => report(`removing ${name}`)),
        },
      ],
    },
    {
      title: "Kubernetes",
      steps: clusters.map((cluster): Step => ({
        title: cluster.name,
        async run(report) {
          const onEvent = ({ step, state, detail }: ClusterEvent): void =>
            report([step, state === "done" ? "ready" : detail].filter(Boolean).join(": "));
          const { isNew } = await upCluster(cluster, tools, onEvent, signal);
          if (isNew) {
            fresh.add(cluster.name);
          }
          return `${cluster.apiServer}`;
        },
      })),
    },
    {
      title: "Load balancers",
      steps: [{ title: "One for all clouds", run: () => upLoadBalancer(clusters, tools) }],
    },
  ];
}

async function leavingStage(
  engine: Deployer,
  clusters: readonly LabCluster[],
  signal: AbortSignal,
): Promise<Stage> {
  const stacks = await engine.existingStacks();
  return {
    title: "Stacks of clusters that leave",
    steps: stacks
      .filter((stack) => !stackNames(clusters).includes(stack))
      .map((stack) => ({
        title: stack,
        run: async (report) => {
          const changes = await engine.destroy(stack, report, signal);
          await removeStackFile(stack);
          return describeChanges(changes);
        },
      })),
  };
}

/** What a public host finds in the world: who signs certificates, and who calls. */
const internetStage = ([entry]: readonly LabCluster[]): Stage => ({
  title: "Internet",
  steps: [
    { title: "An ACME server", run: () => upAcmeServer(entry as LabCluster) },
    { title: "CLOVA's key", run: ensureCekKeys },
  ],
});

/** What the owner of a domain does once: the record that the stack's output asks for. */
const dnsStage = (clusters: readonly LabCluster[]): Stage => ({
  title: "DNS",
  steps: [
    {
      title: CLOVA_HOST,
      async run() {
        const target = await ingressTarget(clusters[0] as LabCluster);
        if (target !== undefined) {
          await setRecord(clusters, { host: CLOVA_HOST, target });
        }
        return target;
      },
    },
  ],
});

function stackStages(
  engine: Deployer,
  clusters: readonly LabCluster[],
  fresh: ReadonlySet<string>,
  changes: Record<string, StackChanges>,
  signal: AbortSignal,
): Stage[] {
  const bringUp = (stack: string): Step => ({
    title: stack,
    async run(report) {
      const change = await engine.up(stack, fresh.has(stack), report, signal);
      changes[stack] = change;
      return describeChanges(change);
    },
  });
  return [
    { title: "Trust", steps: [bringUp(TRUST_STACK)] },
    { title: "Mesh", steps: clusters.map(({ name }) => bringUp(name)) },
  ];
}
