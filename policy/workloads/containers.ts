import { z } from "zod";
import type { Plain } from "../inputs";
import { objectType } from "../kubernetes/object";
import { titleOf, type Subject } from "../policy";
import { anything, read } from "../read";
import { chartContainers } from "./charts";

/** A container, with what its pod says for all of them. */
export interface Container {
  /** How sentences call it: `Container echo of Deployment echo/echo`. */
  readonly title: string;
  /** Its entry in the pod's spec. */
  readonly spec: Plain;
  readonly pod: Plain;
  /** The pod template's metadata. */
  readonly metadata: Plain;
  /** `serves` until it is stopped, or `ends` by itself, as jobs and init containers do. */
  readonly lifetime: "serves" | "ends";
  /** `values`: what a Helm release's values make of its chart's container, as far as they say. */
  readonly origin: "object" | "values";
}

const template = z.object({ metadata: anything.optional(), spec: anything });
const withTemplate = z.object({ spec: z.object({ template }) });
const cronJob = z.object({ spec: z.object({ jobTemplate: withTemplate }) });

interface Pod {
  readonly spec: Plain;
  readonly metadata: Plain;
  readonly ends: boolean;
}

/** Where each kind keeps its pod. */
const PODS: Readonly<Record<string, (inputs: Plain) => Omit<Pod, "ends"> | undefined>> = {
  Pod: (inputs) => podOf(read(template, inputs)),
  Deployment: (inputs) => podOf(read(withTemplate, inputs)?.spec.template),
  StatefulSet: (inputs) => podOf(read(withTemplate, inputs)?.spec.template),
  DaemonSet: (inputs) => podOf(read(withTemplate, inputs)?.spec.template),
  ReplicaSet: (inputs) => podOf(read(withTemplate, inputs)?.spec.template),
  ReplicationController: (inputs) => podOf(read(withTemplate, inputs)?.spec.template),
  Job: (inputs) => podOf(read(withTemplate, inputs)?.spec.template),
  CronJob: (inputs) => podOf(read(cronJob, inputs)?.spec.jobTemplate.spec.template),
};

const podOf = (from: z.output<typeof template> | undefined) =>
  from && { spec: from.spec, metadata: from.metadata ?? {} };

const GROUPS: readonly string[] = ["core", "apps", "batch"];

/** The containers of a workload, or of a Helm release of a chart whose containers we know. */
export function containersOf(subject: Subject): Container[] {
  const object = objectType(subject.type);
  if (object?.group === "helm.sh") {
    return chartContainers(subject);
  }
  const pod = object && GROUPS.includes(object.group) && PODS[object.kind]?.(subject.inputs);
  return pod ? podContainers(subject, { ...pod, ends: endsByItself(object.kind, pod.spec) }) : [];
}

const restarting = z.object({ restartPolicy: z.string().nullish() });

const endsByItself = (kind: string, spec: Plain): boolean =>
  kind === "Job" ||
  kind === "CronJob" ||
  ["Never", "OnFailure"].includes(read(restarting, spec)?.restartPolicy ?? "Always");

const named = z.object({ name: z.string() });

function podContainers(subject: Subject, { spec, metadata, ends }: Pod): Container[] {
  const list = (key: "containers" | "initContainers"): readonly Plain[] =>
    read(z.object({ [key]: z.array(anything) }), spec)?.[key] ?? [];
  const container = (kind: string, lifetime: Container["lifetime"]) => (entry: Plain) => ({
    title: `${kind} ${read(named, entry)?.name ?? "without a name"} of ${titleOf(subject)}`,
    spec: entry,
    pod: spec,
    metadata,
    lifetime,
    origin: "object" as const,
  });
  return [
    ...list("initContainers").map((entry) =>
      // A sidecar of Kubernetes' own: an init container that keeps running.
      read(restarting, entry)?.restartPolicy === "Always"
        ? container("Sidecar", ends ? "ends" : "serves")(entry)
        : container("Init container", "ends")(entry),
    ),
    ...list("containers").map(container("Container", ends ? "ends" : "serves")),
  ];
}
