import { hostname } from "node:os";
import type { EngineEvent, OpType, Stack } from "@pulumi/pulumi/automation";
import { isAlive } from "../cli/process";
import type { Texts } from "../config/decode";
import { changesOf, type StackChanges } from "./changes";
import { StackError, toStackError } from "./stack-error";
import type { Project } from "./project";
import { requirePulumiCli } from "./pulumi-cli";
import { repairStack } from "./repair/repair";
import { isStale, lockHolders } from "./stale-lock";

export type Operation = "preview" | "up" | "refresh" | "destroy";

/** Options of the CLI's commands of the same names. */
export interface RunOptions {
  /** Looks at the clusters first, instead of trusting the state. */
  readonly refresh?: boolean;
  /** Goes on with what doesn't depend on a resource that failed. */
  readonly continueOnError?: boolean;
  /** Fails, with exit code 7, where anything would change. */
  readonly expectNoChanges?: boolean;
  /** Folders of policy packs, absolute or from the project's folder on. */
  readonly policyPacks?: readonly string[];
  /** A JSON file for each of the packs, in their order, or none at all. */
  readonly policyPackConfigs?: readonly string[];
  /** After `destroy`: forgets the stack, its history and its secrets' key too. */
  readonly remove?: boolean;
}

export interface StackToRun {
  readonly stack: string;
  /** By cluster ID, to look at what a killed run had begun. */
  readonly kubeconfigs: Texts;
}

/** One resource that a run has changed, or would. */
export interface ResourceChange {
  readonly operation: OpType;
  /** e.g. `kubernetes:core/v1:Namespace` */
  readonly type: string;
  readonly name: string;
  /** Paths of the properties that differ. */
  readonly properties: readonly string[];
}

export interface StackResult {
  readonly changes: StackChanges;
  /** In the order in which the engine came to them. */
  readonly resources: readonly ResourceChange[];
  /** Warnings and violated advisory policies, each once. */
  readonly warnings: readonly string[];
  /** What the program has to say to whoever runs it, e.g. which DNS record to create. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

/**
 * Runs one stack with the Pulumi CLI, through its Automation API.
 *
 * @param report shows what the run is at
 * @throws StackError with the sentences of what went wrong and the CLI's exit code
 */
export async function runStack(
  project: Project,
  { stack, kubeconfigs }: StackToRun,
  operation: Operation,
  options: RunOptions,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<StackResult> {
  await requirePulumiCli();
  const start = performance.now();
  const log = new EventLog(report);
  try {
    const selected = await select(project, stack, operation);
    if (selected === undefined) {
      return { changes: changesOf(), resources: [], warnings: [], notes: [], seconds: 0 };
    }
    if (operation !== "preview") {
      await unlocking(selected, report, () => repairStack(selected, kubeconfigs, report));
    }
    const counts = await unlocking(selected, report, () =>
      RUNS[operation](selected, options, (event) => log.add(event), signal),
    );
    return {
      changes: changesOf(counts),
      resources: log.resources,
      warnings: log.warnings,
      notes: log.notes,
      seconds: Math.round((performance.now() - start) / 100) / 10,
    };
  } catch (error) {
    throw error instanceof StackError
      ? error
      : toStackError(stack, error, log.errors, log.brokePolicy);
  }
}

/** Runs once more, without the lock, where only a killed run's lock was in the way. */
async function unlocking<T>(
  stack: Stack,
  report: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isStale(lockHolders(String(error)), hostname(), isAlive)) {
      throw error;
    }
    report("removing the lock of a run that was killed");
    await stack.cancel();
    return work();
  }
}

/** Whether a stack has been deployed, and has resources now. */
export async function isDeployed(project: Project, stack: string): Promise<boolean> {
  await requirePulumiCli();
  const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
  const options = { workDir: project.dir, envVars: { ...project.env } };
  const workspace = await LocalWorkspace.create(options);
  const stacks = await workspace.listStacks().catch((error: unknown) => {
    throw toStackError(stack, error, []);
  });
  return stacks.some(
    ({ name, resourceCount }) => name.split("/").at(-1) === stack && (resourceCount ?? 0) > 0,
  );
}

/**
 * A stack that isn't there yet is made where it is to be deployed, and only there.
 *
 * @returns nothing where a stack that isn't there is to be destroyed
 */
async function select(
  project: Project,
  stackName: string,
  operation: Operation,
): Promise<Stack | undefined> {
  const { LocalWorkspace, StackNotFoundError } = await import("@pulumi/pulumi/automation/index.js");
  const args = { stackName, workDir: project.dir };
  // The CLI's folder, as a shell would say it: a policy pack finds the stack's file by it.
  const options = { envVars: { ...project.env, PWD: project.dir } };
  if (operation === "up" || operation === "preview") {
    return LocalWorkspace.createOrSelectStack(args, options);
  }
  return LocalWorkspace.selectStack(args, options).catch((error: unknown) => {
    if (operation === "destroy" && error instanceof StackNotFoundError) {
      return undefined;
    }
    throw error;
  });
}

type Counts = Readonly<Partial<Record<string, number>>> | undefined;
type OnEvent = (event: EngineEvent) => void;

const RUNS: Readonly<
  Record<
    Operation,
    (stack: Stack, options: RunOptions, onEvent: OnEvent, signal: AbortSignal) => Promise<Counts>
  >
> = {
  preview: async (stack, options, onEvent, signal) =>
    (
      await stack.preview({
        refresh: options.refresh,
        expectNoChanges: options.expectNoChanges,
        ...policyOptions(options),
        onEvent,
        signal,
      })
    ).changeSummary,
  up: async (stack, options, onEvent, signal) =>
    (
      await stack.up({
        refresh: options.refresh,
        continueOnError: options.continueOnError,
        expectNoChanges: options.expectNoChanges,
        ...policyOptions(options),
        onEvent,
        signal,
      })
    ).summary.resourceChanges,
  refresh: async (stack, { expectNoChanges }, onEvent, signal) =>
    (await stack.refresh({ expectNoChanges, onEvent, signal })).summary.resourceChanges,
  destroy: async (stack, { refresh, continueOnError, remove }, onEvent, signal) =>
    (await stack.destroy({ refresh, continueOnError, remove, onEvent, signal })).summary
      .resourceChanges,
};

const policyOptions = ({ policyPacks, policyPackConfigs }: RunOptions) => ({
  policyPacks: [...(policyPacks ?? [])],
  policyPackConfigs: [...(policyPackConfigs ?? [])],
});

/** What the engine's events say, kept and passed on. */
class EventLog {
  readonly resources: ResourceChange[] = [];
  readonly warnings: string[] = [];
  readonly notes: string[] = [];
  readonly errors: string[] = [];
  brokePolicy = false;

  constructor(private readonly report: (line: string) => void) {}

  add({ resourcePreEvent, resOutputsEvent, diagnosticEvent, policyEvent }: EngineEvent): void {
    if (resourcePreEvent !== undefined && !SILENT.includes(resourcePreEvent.metadata.op)) {
      const { op, urn, type } = resourcePreEvent.metadata;
      this.report(`${op} ${type.split(":").at(-1)} ${nameOf(urn)}`);
    }
    if (resOutputsEvent !== undefined && !SILENT.includes(resOutputsEvent.metadata.op)) {
      const { op, urn, type, diffs, detailedDiff } = resOutputsEvent.metadata;
      this.resources.push({
        operation: op,
        type,
        name: nameOf(urn),
        properties: Object.keys(detailedDiff ?? {}).length
          ? Object.keys(detailedDiff ?? {})
          : (diffs ?? []),
      });
    }
    if (diagnosticEvent?.severity === "error") {
      addOnce(this.errors, sentence(diagnosticEvent.message, diagnosticEvent.urn));
    } else if (diagnosticEvent?.severity === "warning" && !PROGRESS.test(diagnosticEvent.message)) {
      addOnce(this.warnings, sentence(diagnosticEvent.message, diagnosticEvent.urn));
    } else if (diagnosticEvent?.severity === "info" && isProgramsOwn(diagnosticEvent.urn)) {
      addOnce(this.notes, sentence(diagnosticEvent.message, diagnosticEvent.urn));
    }
    if (policyEvent !== undefined) {
      const isMandatory = policyEvent.enforcementLevel === "mandatory";
      this.brokePolicy ||= isMandatory;
      addOnce(
        isMandatory ? this.errors : this.warnings,
        `Policy ${policyEvent.policyName}: ${sentence(ownWords(policyEvent.message), policyEvent.resourceUrn)}`,
      );
    }
  }
}

/** The policy SDK says what a policy is for on a line before what is wrong, which is enough. */
export const ownWords = (message: string): string =>
  message.trim().replace(/^[^\n]*\n(?=[^]*\S)/, "");

/** Whether something was said by the program as a whole; providers speak for their resources. */
const isProgramsOwn = (urn: string | undefined): boolean =>
  !urn || urn.includes("pulumi:pulumi:Stack");

/** What pulumi-kubernetes says while it waits, e.g. `[MinimumReplicasUnavailable] Deployment …`. */
const PROGRESS = /^(<\{%.*?%\}>)*\[\w+\] /;

const SILENT: readonly OpType[] = ["same", "read", "refresh"];

const nameOf = (urn: string): string => urn.split("::").at(-1) as string;

function addOnce(list: string[], text: string): void {
  if (text !== "" && !list.includes(text)) {
    list.push(text);
  }
}

/** The engine's messages without its colour tags and line breaks, and with the resource's name. */
export function sentence(message: string, urn: string | undefined): string {
  const text = message
    // eslint-disable-next-line no-control-regex
    .replace(/<\{%[^%]*%\}>|\u001b\[[0-9;]*m/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const name = urn === undefined || urn.includes("pulumi:pulumi:Stack") ? "" : nameOf(urn);
  return name === "" || text.includes(name) ? text : `${name}: ${text}`;
}
