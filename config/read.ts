import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkCacerts } from "./cacerts";
import { UserError } from "./errors";
import { isPath } from "./kubeconfig";
import type { CacertsPem, StackConfig } from "./model";
import { parseConfig } from "./parse";
import { schema, SECRET_KEYS, type Key } from "./schema";

/** A stack's configuration, with what is secret in it as secret outputs. */
export interface ReadConfig<C extends StackConfig = StackConfig> {
  readonly config: C;
  readonly secrets: Secrets;
}

export interface Secrets {
  /** Kubeconfig texts by cluster ID. */
  readonly kubeconfigs: Readonly<Record<string, pulumi.Output<string>>>;
  /** Ready-made reader kubeconfigs by cluster ID. */
  readonly remoteKubeconfigs: Readonly<Record<string, pulumi.Output<string>>>;
  /** Only where the configuration brings its own CA. */
  readonly cacerts: pulumi.Output<CacertsPem> | undefined;
}

type Texts = Readonly<Record<string, string>>;

/**
 * Reads and checks the running stack's configuration, before anything registers.
 *
 * @throws pulumi.RunError one sentence on the first thing that is wrong, which the CLI prints as it is
 */
export function readConfig(): ReadConfig {
  try {
    const raw = readRaw();
    const config = parseConfig(raw, pulumi.getStack());
    return { config, secrets: readSecrets(raw, config) };
  } catch (error) {
    throw error instanceof UserError ? new pulumi.RunError(error.message) : error;
  }
}

/** The project's own keys as plain values; kubeconfigs given as paths are replaced by their text. */
function readRaw(): Record<string, unknown> {
  const prefix = `${pulumi.getProject()}:`;
  const raw = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), text] as const)
      .map(([key, text]) => [key, decode(key, text)]),
  );
  for (const key of SECRET_KEYS) {
    if (isTexts(raw[key])) {
      raw[key] = resolveTexts(raw[key], `${prefix}${key}`);
    }
  }
  return raw;
}

/** The CLI hands over texts as they are and everything else as JSON. */
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

function readSecrets(raw: Readonly<Record<string, unknown>>, config: StackConfig): Secrets {
  const secretly = (key: Key): Record<string, pulumi.Output<string>> =>
    Object.fromEntries(
      Object.entries(isTexts(raw[key]) ? raw[key] : {}).map(([id, text]) => [
        id,
        pulumi.secret(text),
      ]),
    );
  return {
    kubeconfigs: secretly("kubeconfigs"),
    remoteKubeconfigs: secretly("remoteKubeconfigs"),
    cacerts:
      config.kind === "cluster" && config.trust.kind === "provided"
        ? pulumi.secret(checkCacerts(raw["cacerts"] as CacertsPem))
        : undefined,
  };
}

function isTexts(value: unknown): value is Texts {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((text) => typeof text === "string")
  );
}
