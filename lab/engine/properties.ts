import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../../config/errors";
import { isObject } from "../../config/json";

const { specialSigKey, specialSecretSig, specialResourceSig, unknownValue } = pulumi.runtime;

/** Stands, as the SDK has it, for a value that only a deployment would know. */
export const UNKNOWN = unknownValue;

/** Where a value sits in its resource's inputs, e.g. `["stringData", "ncloud"]`. */
export type Path = readonly (string | number)[];

/** A resource's inputs without the SDK's wrappers. */
export interface Properties {
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets: readonly Path[];
  /** Whether anything in them is {@link UNKNOWN}. */
  readonly hasUnknowns: boolean;
}

/**
 * Takes the SDK's wrappers off: secrets become their values (their places are remembered),
 * references to resources become IDs.
 *
 * @param wire what a registration carries, as plain JSON
 * @throws UserError for assets and archives, which the lab's engine has no use for
 */
export function unwrap(wire: Readonly<Record<string, unknown>>): Properties {
  const secrets: Path[] = [];
  let hasUnknowns = false;

  const walk = (value: unknown, path: Path): unknown => {
    if (value === UNKNOWN) {
      hasUnknowns = true;
      return value;
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => walk(item, [...path, index]));
    }
    if (!isObject(value)) {
      return value;
    }
    switch (value[specialSigKey]) {
      case undefined:
        return Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]),
        );
      case specialSecretSig:
        secrets.push(path);
        return walk(value["value"], path);
      case specialResourceSig:
        return value["id"] ?? value["urn"];
      default:
        throw new UserError(
          `the lab's engine takes no asset or archive, as ${path.join(".")} holds one: pass the text itself`,
        );
    }
  };

  return { values: walk(wire, []) as Record<string, unknown>, secrets, hasUnknowns };
}

/** The first segments of secret paths: properties that are secret in part or as a whole. */
export const secretProperties = (secrets: readonly Path[]): string[] => [
  ...new Set(secrets.map(([property]) => String(property))),
];

/** Puts the SDK's secret wrapper round the named properties; drops what JSON has no word for. */
export function wrap(
  values: Readonly<Record<string, unknown>>,
  secretNames: readonly string[],
): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(values)) as Record<string, unknown>;
  for (const name of secretNames) {
    if (name in plain) {
      plain[name] = { [specialSigKey]: specialSecretSig, value: plain[name] };
    }
  }
  return plain;
}
