import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UserError } from "../../../config/errors";
import { CommandError, exec } from "../../exec";
import type { Cluster } from "../cluster";
import { chartDigest, isLocalChart } from "../chart";
import { digest, isObject, objectOr, sameJson, sortKeys, textOf } from "../../../config/json";
import { troubledPods } from "../pod-trouble";
import type { Context, Handler, Target } from "./handler";

/** How Helm calls an installed chart: the same name in the same namespace is the same release. */
interface ReleaseRef {
  readonly name: string;
  readonly namespace: string;
}

/** What the state keeps of a release. */
interface ReleaseMemo {
  readonly ref: ReleaseRef;
  /** Chart, version, values and options, as one digest. */
  readonly content?: string;
  readonly revision?: number;
}

/** Arguments that are a flag of `helm upgrade --install`, or nothing when they are false. */
const SWITCHES: Readonly<Record<string, string>> = {
  atomic: "--atomic",
  cleanupOnFail: "--cleanup-on-fail",
  createNamespace: "--create-namespace",
  disableWebhooks: "--no-hooks",
  forceUpdate: "--force",
  skipCrds: "--skip-crds",
  takeOwnership: "--take-ownership",
  waitForJobs: "--wait-for-jobs",
};
const OPTIONS: Readonly<Record<string, string>> = {
  description: "--description",
  maxHistory: "--history-max",
  version: "--version",
};
const OTHERS = [
  "chart",
  "compat",
  "name",
  "namespace",
  "repositoryOpts",
  "skipAwait",
  "timeout",
  "values",
];
/** The provider's default. */
const DEFAULT_TIMEOUT_S = 300;

/**
 * `kubernetes:helm.sh/v3:Release`, through the helm binary.
 *
 * No helm runs while chart, values and options are what they were and the cluster still has the
 * revision that came of them, deployed.
 */
export const helmRelease: Handler = {
  up: async (target, context) => {
    const cluster = context.cluster(target.provider);
    const { inputs, previous } = target;
    checkArguments(target);
    const ref = releaseRef(target, cluster);
    const content = digest({ ...inputs, chartFiles: chartDigest(chartOf(inputs)) });
    const memo = previous?.memo as ReleaseMemo | undefined;
    const moved =
      memo !== undefined && (!sameJson(memo.ref, ref) || previous?.provider !== target.provider);
    if (moved) {
      await uninstall(memo.ref, context.cluster(previous?.provider), context);
    }
    const before = await latestRevision(ref, cluster);
    if (
      !moved &&
      memo?.content === content &&
      memo.revision === before?.revision &&
      before?.status === "deployed"
    ) {
      return {
        op: "same",
        id: idOf(ref),
        memo: { ...memo },
        outputs: previous?.outputs ?? {},
      };
    }
    if (previous === undefined || moved) {
      context.claim(idOf(ref), { ref });
    }
    await forgetInterrupted(before, ref, cluster);
    if (before?.everDeployed === false) {
      // A first install that failed: helm refuses to upgrade what was never deployed.
      await uninstall(ref, cluster, context);
    }
    await upgrade(target, ref, cluster, context);
    const after = await latestRevision(ref, cluster);
    return {
      op: moved ? "replace" : before === undefined ? "create" : "update",
      id: idOf(ref),
      memo: { ref, content, revision: after?.revision },
      outputs: releaseOutputs(inputs, ref, after),
    };
  },
  remove: (resource, context) =>
    uninstall(
      (resource.memo as unknown as ReleaseMemo).ref,
      context.cluster(resource.provider),
      context,
    ),
};

function checkArguments({ inputs, name }: Target): void {
  const known = [...Object.keys(SWITCHES), ...Object.keys(OPTIONS), ...OTHERS];
  const unknown = Object.keys(inputs).find((key) => !known.includes(key));
  const repository = objectOr(inputs["repositoryOpts"]);
  const unknownOption = Object.keys(repository).find((key) => key !== "repo");
  if (unknown !== undefined || unknownOption !== undefined) {
    throw new UserError(
      `the lab's engine doesn't know the argument ${unknown ?? `repositoryOpts.${unknownOption}`} of the Helm release ${name}: leave it out`,
    );
  }
}

function releaseRef({ inputs, name }: Target, cluster: Cluster): ReleaseRef {
  const release = textOf(inputs["name"]);
  if (release === undefined) {
    throw new UserError(
      `the Helm release ${name} has no name, and the lab's engine makes none up: set it`,
    );
  }
  return {
    name: release,
    namespace: textOf(inputs["namespace"]) ?? cluster.settings.namespace,
  };
}

const chartOf = (inputs: Readonly<Record<string, unknown>>): string => String(inputs["chart"]);

async function upgrade(
  { inputs, name }: Target,
  ref: ReleaseRef,
  cluster: Cluster,
  context: Context,
): Promise<void> {
  const repo = textOf(objectOr(inputs["repositoryOpts"])["repo"]);
  const flags = [
    ...Object.entries(SWITCHES).flatMap(([key, flag]) => (inputs[key] === true ? [flag] : [])),
    ...Object.entries(OPTIONS).flatMap(([key, flag]) =>
      inputs[key] === undefined ? [] : [flag, String(inputs[key] as string | number)],
    ),
    ...(inputs["skipAwait"] === true ? [] : ["--wait"]),
    ...(repo === undefined ? [] : ["--repo", repo]),
  ];
  context.progress(`helm installs ${chartOf(inputs)}`);
  await helm(
    ["upgrade", "--install", ref.name, chartOf(inputs), "--values", "-", ...flags],
    JSON.stringify(withoutNulls(objectOr(inputs["values"]))),
    { ref, seconds: Number(inputs["timeout"] ?? DEFAULT_TIMEOUT_S), cluster, context, name },
  );
}

async function uninstall(ref: ReleaseRef, cluster: Cluster, context: Context): Promise<void> {
  // Asks the cluster first: helm would wait half a minute for one that doesn't answer.
  if ((await latestRevision(ref, cluster)) === undefined) {
    return;
  }
  context.progress("helm uninstalls it");
  await helm(["uninstall", ref.name, "--ignore-not-found", "--wait"], "", {
    ref,
    seconds: DEFAULT_TIMEOUT_S,
    cluster,
    context,
    name: ref.name,
  });
}

interface HelmCall {
  readonly ref: ReleaseRef;
  readonly seconds: number;
  readonly cluster: Cluster;
  readonly context: Context;
  readonly name: string;
}

async function helm(
  args: readonly string[],
  input: string,
  { ref, seconds, cluster, context, name }: HelmCall,
): Promise<void> {
  const home = join(context.scratchDir, "helm");
  const pods = watchPods(ref, cluster, context);
  try {
    await exec(context.helm, [...args, "--namespace", ref.namespace, "--timeout", `${seconds}s`], {
      input,
      signal: context.signal,
      env: {
        KUBECONFIG: cluster.kubeconfigFile(),
        HELM_CACHE_HOME: join(home, "cache"),
        HELM_CONFIG_HOME: join(home, "config"),
        HELM_DATA_HOME: join(home, "data"),
      },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new UserError(
        `${context.helm} is not there, and ${name} is a Helm release: install helm`,
      );
    }
    if (error instanceof CommandError) {
      throw new UserError(
        `Helm release ${idOf(ref)} on ${cluster.name} failed: ${lastError(error.output)}${pods.trouble()}`,
      );
    }
    throw error;
  } finally {
    pods.stop();
  }
}

const WATCH_INTERVAL_MS = 3_000;

/** helm waits in silence, and an atomic release that failed leaves no pod to look at. */
function watchPods(
  ref: ReleaseRef,
  { client }: Cluster,
  context: Context,
): { readonly trouble: () => string; readonly stop: () => void } {
  let last: readonly string[] = [];
  const timer = setInterval(() => {
    troubledPods(client, ref.namespace).then(
      (troubled) => {
        if (troubled.length > 0) {
          last = troubled;
          context.progress(`waiting for pods (${troubled.join(", ")})`);
        }
      },
      // helm will say that the cluster doesn't answer.
      () => undefined,
    );
  }, WATCH_INTERVAL_MS);
  return {
    trouble: () => (last.length === 0 ? "" : ` (last seen: ${last.join(", ")})`),
    stop: () => clearInterval(timer),
  };
}

/** helm ends with one line `Error: …`; what stands above it are warnings. */
function lastError(output: string): string {
  const lines = output.trim().split("\n");
  const start = lines.findLastIndex((line) => line.startsWith("Error: "));
  return (
    lines
      .slice(start)
      .join(" ")
      .replace(/^Error: /, "") || "helm said nothing"
  );
}

interface Revision {
  readonly revision: number;
  readonly status: string;
  /** Name of the Secret in which Helm keeps it. */
  readonly secret: string;
  /** Whether this or an earlier revision was ever installed completely. */
  readonly everDeployed: boolean;
}

/** What Helm's own record in the cluster says last (helm.sh/helm/v3/pkg/storage/driver/secrets.go). */
async function latestRevision(ref: ReleaseRef, cluster: Cluster): Promise<Revision | undefined> {
  const secrets = await cluster.client.list(
    { apiVersion: "v1", kind: "Secret", namespace: ref.namespace },
    { owner: "helm", name: ref.name },
    { metadataOnly: true },
  );
  const everDeployed = secrets.some(({ metadata }) =>
    ["deployed", "superseded"].includes(metadata.labels?.["status"] ?? ""),
  );
  return secrets
    .map(({ metadata }) => ({
      revision: Number(metadata.labels?.["version"]),
      status: metadata.labels?.["status"] ?? "",
      secret: metadata.name,
      everDeployed,
    }))
    .sort((left, right) => right.revision - left.revision)[0];
}

/** helm refuses to touch a release whose last operation was cut off, so its record has to go. */
async function forgetInterrupted(
  latest: Revision | undefined,
  ref: ReleaseRef,
  cluster: Cluster,
): Promise<void> {
  if (latest?.status.startsWith("pending-") === true) {
    await cluster.client.delete(
      { apiVersion: "v1", kind: "Secret", namespace: ref.namespace, name: latest.secret },
      "Background",
    );
  }
}

function releaseOutputs(
  inputs: Readonly<Record<string, unknown>>,
  ref: ReleaseRef,
  latest: Revision | undefined,
): Readonly<Record<string, unknown>> {
  const chart = isLocalChart(chartOf(inputs)) ? readChart(chartOf(inputs)) : {};
  return {
    name: ref.name,
    namespace: ref.namespace,
    status: sortKeys({
      name: ref.name,
      namespace: ref.namespace,
      revision: latest?.revision,
      status: latest?.status,
      chart: chart["name"] ?? chartOf(inputs),
      version: chart["version"] ?? inputs["version"],
      appVersion: chart["appVersion"],
    }),
  };
}

function readChart(folder: string): Readonly<Record<string, unknown>> {
  try {
    return objectOr(parse(readFileSync(join(folder, "Chart.yaml"), "utf8")));
  } catch {
    return {};
  }
}

/** As the provider does: `null` would take a chart's own default away. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, withoutNulls(item)]),
      )
    : value;
}

const idOf = ({ namespace, name }: ReleaseRef): string => `${namespace}/${name}`;
