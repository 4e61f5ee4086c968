import { Secret } from "@pulumi/policy";

/**
 * A resource's inputs as policies read them: plain values, without the proxies by which the policy
 * SDK unwraps secrets and throws at whatever a preview can't know.
 */
export type Plain =
  null | boolean | number | string | symbol | readonly Plain[] | { readonly [key: string]: Plain };

/** Stands for a value that only the deployment itself can tell; the one symbol among the inputs. */
export const UNKNOWN = Symbol("known after deployment");

/** How the engine writes an unknown value of each type (sdk/go/common/resource/plugin/rpc.go). */
const UNKNOWN_SENTINELS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The inputs with secrets opened and unknown values as {@link UNKNOWN}. */
export function plain(value: unknown): Plain {
  if (value instanceof Secret) {
    return plain(value.value);
  }
  if (UNKNOWN_SENTINELS.has(value)) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return ownEntries(value).map(([, item]) => plain(item));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(ownEntries(value).map(([key, item]) => [key, plain(item)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;
}

/** A text inside a resource's inputs, and the way to it. */
export interface Leaf {
  /** e.g. `values.global.tag` */
  readonly path: string;
  readonly text: string;
}

/** Every text inside the inputs, in order. */
export const textsOf = (value: unknown): Leaf[] => leaves(value, "", false);

/**
 * The texts that are not marked as secret.
 *
 * Only a remediation is handed inputs that still carry the marks: a validation sees them opened.
 */
export const unmarkedTextsOf = (value: unknown): Leaf[] => leaves(value, "", true);

function leaves(value: unknown, path: string, skipSecrets: boolean): Leaf[] {
  if (value instanceof Secret) {
    return skipSecrets ? [] : leaves(value.value, path, skipSecrets);
  }
  if (typeof value === "string") {
    return UNKNOWN_SENTINELS.has(value) ? [] : [{ path, text: value }];
  }
  if (typeof value === "object" && value !== null) {
    return ownEntries(value).flatMap(([key, item]) =>
      leaves(item, childPath(path, key, Array.isArray(value)), skipSecrets),
    );
  }
  return [];
}

/** Entries as they are stored: reading a property through the SDK's proxies would open or throw. */
const ownEntries = (value: object): [string, unknown][] =>
  Object.keys(value).map((key) => [key, Object.getOwnPropertyDescriptor(value, key)?.value]);

function childPath(parent: string, key: string, inArray: boolean): string {
  if (inArray) {
    return `${parent}[${key}]`;
  }
  if (!/^[\w-]+$/.test(key)) {
    return `${parent}["${key}"]`;
  }
  return parent === "" ? key : `${parent}.${key}`;
}
