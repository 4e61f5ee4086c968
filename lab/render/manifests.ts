import { stringify } from "yaml";
import { UserError } from "../../config/errors";
import { isObject, objectOr, sortKeys, textOf, without } from "../../config/json";
import type { Recording } from "./recorder";
import { redact } from "./redact";

/** Folder of objects that live in no namespace. */
const CLUSTER_SCOPE = "_cluster";
/** Keys that come before the others, which are in alphabetical order. */
const FIRST_KEYS = ["apiVersion", "kind", "metadata"];
const FIRST_METADATA = ["name", "namespace"];

/**
 * One YAML text per recording, by its path below the output folder:
 * `<cluster>/<namespace or _cluster>/<kind>-<name>.yaml`.
 *
 * Kinds of one name in two API groups (Gateway is one) get the group into their file names.
 */
export function manifests(recordings: readonly Recording[]): ReadonlyMap<string, string> {
  const described = recordings.map(describe);
  const files = new Map<string, string>();
  for (const entry of described) {
    const isAlone = described.every((other) => other === entry || path(other) !== path(entry));
    const file = isAlone ? path(entry) : path({ ...entry, kind: `${entry.kind}.${entry.group}` });
    if (files.has(file)) {
      throw new UserError(`two resources would be written to ${file}: give each its own name`);
    }
    files.set(file, entry.text);
  }
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}

interface Described {
  readonly cluster: string;
  readonly namespace: string | undefined;
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly text: string;
}

function describe(recording: Recording): Described {
  return recording.kind === "release" ? describeRelease(recording) : describeObject(recording);
}

function describeObject({ kind, cluster, inputs, secrets, name }: Recording): Described {
  const object = redact(inputs, secrets);
  const metadata = objectOr(object["metadata"]);
  const apiVersion = String(object["apiVersion"]);
  const ordered = firstKeys(
    { ...object, metadata: firstKeys(metadata, FIRST_METADATA) },
    FIRST_KEYS,
  );
  return {
    cluster,
    namespace: textOf(metadata["namespace"]),
    kind: `${String(object["kind"])}${kind === "patch" ? "Patch" : ""}`,
    group: apiVersion.includes("/") ? (apiVersion.split("/")[0] as string) : "core",
    name: textOf(metadata["name"]) ?? name,
    text:
      kind === "patch"
        ? `# These fields are merged into an object that others own.\n${yaml(ordered)}`
        : yaml(ordered),
  };
}

function describeRelease({ cluster, inputs, secrets, name: logicalName }: Recording): Described {
  const { name, namespace, chart, version, repositoryOpts, values, ...options } = without(
    redact(inputs, secrets),
    ["compat"],
  );
  return {
    cluster,
    namespace: textOf(namespace),
    kind: "HelmRelease",
    group: "helm.sh",
    name: textOf(name) ?? logicalName,
    text: yaml({
      name,
      namespace,
      chart,
      version,
      repo: objectOr(repositoryOpts)["repo"],
      options: sortKeys(options),
      values: sortKeys(values ?? {}),
    }),
  };
}

const path = ({ cluster, namespace, kind, name }: Omit<Described, "text">): string =>
  [cluster, namespace ?? CLUSTER_SCOPE, `${kind.toLowerCase()}-${name}.yaml`]
    .map((part) => part.replaceAll(/[^\w.-]+/g, "_"))
    .join("/");

/** Some keys first, the others in alphabetical order, at every depth. */
function firstKeys(
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const first = names.filter((name) => name in value);
  const others = Object.keys(value)
    .filter((name) => !names.includes(name))
    .sort();
  return Object.fromEntries(
    [...first, ...others].map((name) => [
      name,
      first.includes(name) && isObject(value[name]) ? value[name] : sortKeys(value[name]),
    ]),
  );
}

/** Long lines stay whole, so that one change is one line of a diff. */
const yaml = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
