import { createHash } from "node:crypto";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The text itself, or `undefined` for anything else and for an empty one. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The object itself, or an empty one for anything else. */
export const objectOr = (value: unknown): Readonly<Record<string, unknown>> =>
  isObject(value) ? value : {};

/** The same value with every object's keys in alphabetical order and without `undefined`. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .filter((key) => value[key] !== undefined)
        .sort()
        .map((key) => [key, sortKeys(value[key])]),
    );
  }
  return value;
}

/** SHA-256 of a value's canonical JSON: equal for equal values, whatever their key order. */
export const digest = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(sortKeys(value)) ?? "undefined")
    .digest("hex");

export const sameJson = (left: unknown, right: unknown): boolean =>
  JSON.stringify(sortKeys(left)) === JSON.stringify(sortKeys(right));

export const without = <T extends object, K extends string>(
  value: T,
  names: readonly K[],
): Omit<T, K> =>
  Object.fromEntries(
    Object.entries(value).filter(([name]) => !(names as readonly string[]).includes(name)),
  ) as Omit<T, K>;
