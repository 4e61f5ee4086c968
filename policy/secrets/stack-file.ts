import { isPath } from "../../config/kubeconfig";
import { SECRET_KEYS } from "../../config/schema";
import { sensitiveKind } from "./sensitive";

/** A value in a stack's file that should have been encrypted. */
export interface PlainSecret {
  /** As `pulumi config set --path` takes it: `mesh:kubeconfigs.nhn`. */
  readonly path: string;
  readonly what: string;
}

/**
 * What stands in plain text in the `config` block of a stack's or the project's file: whatever is a
 * kubeconfig, a key or a token, and under the project's own secret keys everything but paths of files.
 *
 * @param project the namespace of keys that are written without one
 */
export const plainSecrets = (config: unknown, project: string): PlainSecret[] =>
  Object.entries(isRecord(config) ? config : {}).flatMap(([key, value]) =>
    walk(valueOf(value), key.includes(":") ? key : `${project}:${key}`, isSecretKey(key, project)),
  );

const isSecretKey = (key: string, project: string): boolean =>
  SECRET_KEYS.some((name) => key === name || key === `${project}:${name}`);

/** The project's file declares keys: the value is in `value` or `default`. */
function valueOf(entry: unknown): unknown {
  if (!isRecord(entry)) {
    return entry;
  }
  return "value" in entry ? entry["value"] : "default" in entry ? entry["default"] : entry;
}

function walk(value: unknown, path: string, isSecret: boolean): PlainSecret[] {
  if (typeof value === "string") {
    const what =
      sensitiveKind(value) ??
      (isSecret && value !== "" && !isPath(value) ? "a value that is secret" : undefined);
    return what === undefined ? [] : [{ path, what }];
  }
  if (!isRecord(value) || isEncrypted(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    walk(child, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, isSecret),
  );
}

/** `secure: <ciphertext>`, as the CLI writes secrets. */
const isEncrypted = (value: Readonly<Record<string, unknown>>): boolean =>
  typeof value["secure"] === "string" && Object.keys(value).length === 1;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
