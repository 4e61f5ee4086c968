import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UserError } from "./errors";
import { isObject, objectOr, textOf } from "./json";

/** A stack's configuration as the SDK takes it. */
export interface StackConfig {
  /** `name` of Pulumi.yaml. */
  readonly project: string;
  /** Keys with their namespace; texts as they are, all else as JSON. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

export interface StackConfigOptions {
  /** Further files of the form of `Pulumi.<stack>.yaml`; a later one wins. */
  readonly files?: readonly string[];
  /** Further keys, which win over every file; keys without a namespace are the project's. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Keys whose values are secret although nothing in them says so. */
  readonly secretKeys?: readonly string[];
  /**
   * Stands in for a value that the CLI has encrypted and that nothing else can read.
   *
   * @param path e.g. `mesh:kubeconfigs.nhn`
   */
  readonly placeholder?: (path: string) => string;
}

/** One layer of configuration, e.g. the `config` block of a file. */
export interface ConfigLayer {
  /** How messages call it. */
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The configuration of a stack for a run without the CLI: the stack's file over the defaults of
 * Pulumi.yaml, as the CLI has it (pulumi/sdk/go/common/workspace/config.go).
 *
 * @throws UserError for unreadable files, missing keys, and encrypted values without a placeholder
 */
export function loadStackConfig(
  projectDir: string,
  stack: string,
  options: StackConfigOptions = {},
): StackConfig {
  const project = readYaml(join(projectDir, "Pulumi.yaml"));
  const name = textOf(project["name"]);
  if (name === undefined) {
    throw new UserError(
      `${join(projectDir, "Pulumi.yaml")} has no name: name the project in it`,
      2,
    );
  }
  const stackFile = join(projectDir, `Pulumi.${stack}.yaml`);
  const layers = [...(existsSync(stackFile) ? [stackFile] : []), ...(options.files ?? [])].map(
    (file) => ({ name: file, values: objectOr(readYaml(file)["config"]) }),
  );
  return mergeConfig(
    { name, schema: objectOr(project["config"]) },
    stack,
    [...layers, { name: "the values handed over", values: options.values ?? {} }],
    options,
  );
}

/** Pure part of {@link loadStackConfig}. @param layers the last one wins, key by key */
export function mergeConfig(
  project: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> },
  stack: string,
  layers: readonly ConfigLayer[],
  options: Pick<StackConfigOptions, "secretKeys" | "placeholder"> = {},
): StackConfig {
  const qualify = (key: string): string => (key.includes(":") ? key : `${project.name}:${key}`);
  const declared = Object.entries(project.schema).map(([key, entry]) => ({
    key: qualify(key),
    ...declaration(entry),
  }));
  const values = new Map<string, unknown>();
  const secretKeys = new Set((options.secretKeys ?? []).map(qualify));

  for (const { key, value, isSecret } of declared) {
    if (value !== undefined && value !== null) {
      values.set(key, value);
    }
    if (isSecret) {
      secretKeys.add(key);
    }
  }
  for (const layer of layers) {
    for (const [shortKey, value] of Object.entries(layer.values)) {
      const key = qualify(shortKey);
      const read = decrypt(value, key, layer.name, options.placeholder);
      values.set(key, read.value);
      if (read.isSecret) {
        secretKeys.add(key);
      }
    }
  }

  const missing = declared
    .map(({ key }) => key)
    .filter((key) => !values.has(key) && key.startsWith(`${project.name}:`));
  if (missing.length > 0) {
    throw new UserError(
      `stack ${stack} lacks ${missing.sort().join(", ")}: set ${missing.length > 1 ? "them" : "it"} in Pulumi.${stack}.yaml`,
      2,
    );
  }
  return {
    project: project.name,
    config: Object.fromEntries([...values].map(([key, value]) => [key, asText(value)])),
    secretKeys: [...secretKeys].filter((key) => values.has(key)),
  };
}

/** An entry of Pulumi.yaml's `config`: a schema with `default` or `value`, or the value itself. */
function declaration(entry: unknown): { readonly value: unknown; readonly isSecret: boolean } {
  return isObject(entry)
    ? { value: entry["default"] ?? entry["value"], isSecret: entry["secret"] === true }
    : { value: entry, isSecret: false };
}

/** Puts placeholders where `secure:` says that the CLI has encrypted the value. */
function decrypt(
  value: unknown,
  path: string,
  layer: string,
  placeholder: StackConfigOptions["placeholder"],
): { readonly value: unknown; readonly isSecret: boolean } {
  if (isSecure(value)) {
    if (placeholder === undefined) {
      throw new UserError(
        `${path} in ${layer} is encrypted, which only the Pulumi CLI can undo: hand the value over in another file`,
        2,
      );
    }
    return { value: placeholder(path), isSecret: true };
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      decrypt(item, `${path}[${index}]`, layer, placeholder),
    );
    return {
      value: items.map((item) => item.value),
      isSecret: items.some((item) => item.isSecret),
    };
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, decrypt(item, `${path}.${key}`, layer, placeholder)] as const,
    );
    return {
      value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
      isSecret: entries.some(([, item]) => item.isSecret),
    };
  }
  return { value, isSecret: false };
}

/** As the CLI has it: an object with nothing but `secure`, a text. */
const isSecure = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";

const asText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

function readYaml(file: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UserError(`${file} can't be read: correct the path`, 2);
  }
  try {
    return objectOr(parse(text));
  } catch (error) {
    const [where] = (error as Error).message.split("\n");
    throw new UserError(`${file} is not YAML (${where}): correct it`, 2);
  }
}
