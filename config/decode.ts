import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { z } from "zod";
import { UserError } from "./errors";
import { isObject } from "./json";
import { isPath } from "./kubeconfig";
import { schema, SECRET_KEYS, type Key } from "./schema";

/** A value per name, e.g. a kubeconfig per cluster. */
export type Texts = Readonly<Record<string, string>>;

/**
 * The project's own keys as plain values, as `parseConfig` takes them; kubeconfigs, keys and
 * certificates given as paths are replaced by their text.
 *
 * @param config keys with their namespace; texts as they are, all else as JSON, as the CLI hands them
 * over
 * @throws UserError naming the key of a file that can't be read
 */
export function decodeConfig(
  config: Readonly<Record<string, string>>,
  project: string,
): Record<string, unknown> {
  const prefix = `${project}:`;
  const raw = Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), text] as const)
      .map(([key, text]) => [key, decode(key, text)]),
  );
  for (const key of SECRET_KEYS) {
    if (isTexts(raw[key])) {
      raw[key] = resolveTexts(raw[key], `${prefix}${key}`);
    }
  }
  for (const [key, property] of FILE_PROPERTIES) {
    const value = raw[key];
    if (isObject(value) && typeof value[property] === "string" && isPath(value[property])) {
      const path = value[property];
      raw[key] = { ...value, [property]: readFile(path, `${prefix}${key}.${property}`) };
    }
  }
  return raw;
}

/** Texts inside keys that may be given as the path of a file. */
const FILE_PROPERTIES: readonly (readonly [Key, string])[] = [
  ["https", "caBundle"],
  ["clova", "signatureKey"],
];

/** The value as texts by name; none for anything else. */
export const textsOf = (value: unknown): Texts => (isTexts(value) ? value : {});

function decode(key: string, text: string): unknown {
  if (key in schema && isTextual(schema[key as Key])) {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isTextual(type: z.ZodType): boolean {
  return type instanceof z.ZodDefault
    ? isTextual(type.unwrap() as z.ZodType)
    : type instanceof z.ZodString || type instanceof z.ZodEnum;
}

function resolveTexts(texts: Texts, key: string): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [
      name,
      isPath(value) ? readFile(value, `${key}.${name}`) : value,
    ]),
  );
}

function readFile(path: string, key: string): string {
  try {
    return readFileSync(path.replace(/^~(?=\/)/, homedir()), "utf8");
  } catch {
    throw new UserError(`${key} names the file ${path}, which can't be read: correct the path`, 2);
  }
}

function isTexts(value: unknown): value is Texts {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((text) => typeof text === "string")
  );
}
