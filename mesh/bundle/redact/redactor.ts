import { parse, stringify } from "yaml";
import { isObject } from "../../../config/json";
import type { KnownSecrets } from "./known-secrets";
import { isSecretName, REMOVED } from "./names";
import { redactForms } from "./text";

/** Fields of Kubernetes objects that only point at Secrets, or say how tokens are made. */
const REFERENCES = new Set([
  "secret",
  "secrets",
  "secretKeyRef",
  "secretRef",
  "imagePullSecrets",
  "serviceAccountToken",
  "tokenRequests",
]);
/** Never more than a copy of the object as somebody wrote it, secrets included. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Texts longer than this are not taken apart as YAML. */
const LONGEST_YAML = 200_000;
/** Base64 that may hold a text worth looking into. */
const BASE64 = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Encodings within encodings that are looked into. */
const DEPTH = 2;

/**
 * Takes secrets out of what leaves the house, by four rules, each for what the others can't know:
 * values of Secrets are removed wherever else they turn up; what stands in a place for secrets (a
 * Secret's data, a kubeconfig's token, an environment variable called so) is removed whatever it
 * looks like; what looks like a secret is removed wherever it stands; and texts that hold JSON, YAML
 * or base64 are taken apart and held to the same rules.
 */
export class Redactor {
  constructor(
    private readonly known: KnownSecrets,
    private readonly isKnownName: (name: string) => boolean = () => false,
  ) {}

  /** A value as it may be seen; its shape stays. */
  value(value: unknown): unknown {
    return this.#walk(value, false);
  }

  /** A text as it may be seen. Lines of JSON keep their shape. */
  text(text: string): string {
    return this.#text(text, 0);
  }

  #walk(value: unknown, isSecret: boolean): unknown {
    if (typeof value === "string") {
      return isSecret && !this.isKnownName(value) && value !== "" ? REMOVED : this.#string(value);
    }
    if (typeof value === "number" && isSecret) {
      return REMOVED;
    }
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) =>
        this.#walk(item, isSecret || followsSecretOption(value, index)),
      );
    }
    return isObject(value) ? this.#object(value, isSecret) : value;
  }

  #object(object: Readonly<Record<string, unknown>>, isSecret: boolean): Record<string, unknown> {
    const isSecretObject = object["kind"] === "Secret";
    const { name } = object;
    const holdsNamed = typeof name === "string" && isSecretName(name);
    return Object.fromEntries(
      Object.entries(object).map(([key, item]) => {
        if (isSecretObject && (key === "data" || key === "stringData")) {
          return [key, sizesOf(item)];
        }
        if (key === LAST_APPLIED) {
          return [key, REMOVED];
        }
        const isReference = REFERENCES.has(key) && typeof item === "object";
        const isPlace =
          (key === "value" && holdsNamed) ||
          (!isReference && typeof item !== "boolean" && isSecretName(key.replace(/-data$/, "")));
        return [this.#key(key), this.#walk(item, isPlace || (isSecret && !isReference))];
      }),
    );
  }

  /** Names of fields can be anybody's texts, e.g. those of a ConfigMap. */
  #key(key: string): string {
    return this.known.removeFrom(key);
  }

  #string(text: string): string {
    return this.#structured(text) ?? this.#text(text, 0);
  }

  /** A text that is a JSON or YAML document of some structure, with its secrets taken out. */
  #structured(text: string): string | undefined {
    const looksJson = /^\s*[{[]/.test(text);
    if (!looksJson && !(text.includes("\n") && /^[\w"'./-]+:(\s|$)/m.test(text))) {
      return undefined;
    }
    if (text.length > LONGEST_YAML && !looksJson) {
      return undefined;
    }
    try {
      const value = (looksJson ? JSON.parse(text) : parse(text)) as unknown;
      if (typeof value !== "object" || value === null) {
        return undefined;
      }
      const redacted = this.#walk(value, false);
      const isSame = JSON.stringify(redacted) === JSON.stringify(value);
      // As it was written, where nothing had to go: comments may matter, and are looked through too.
      return this.#text(
        isSame ? text : looksJson ? JSON.stringify(redacted) : stringify(redacted),
        0,
      );
    } catch {
      return undefined;
    }
  }

  #text(text: string, depth: number): string {
    const withoutKnown = this.known.removeFrom(text);
    const lines = withoutKnown.includes('{"') ? this.#jsonLines(withoutKnown) : withoutKnown;
    const withoutForms = redactForms(lines, this.isKnownName);
    return depth >= DEPTH
      ? withoutForms
      : withoutForms.replaceAll(BASE64, (encoded) =>
          this.#hides(encoded, depth) ? REMOVED : encoded,
        );
  }

  /** Log lines that are JSON, each by its fields. */
  #jsonLines(text: string): string {
    return text
      .split("\n")
      .map((line) => {
        const start = line.indexOf('{"');
        if (start < 0 || !line.trimEnd().endsWith("}")) {
          return line;
        }
        try {
          const value: unknown = JSON.parse(line.slice(start));
          return line.slice(0, start) + JSON.stringify(this.#walk(value, false));
        } catch {
          return line;
        }
      })
      .join("\n");
  }

  /** Whether base64 holds a text with a secret in it. */
  #hides(encoded: string, depth: number): boolean {
    const text = Buffer.from(encoded, "base64").toString("utf8");
    const isText = !/[^\t\n\r\u0020-\u007e\u00a0-\uffff]|\ufffd/.test(text);
    return isText && this.#text(text, depth + 1) !== text;
  }
}

/** `["--token", "…"]` */
const followsSecretOption = (items: readonly unknown[], index: number): boolean => {
  const before = items[index - 1];
  return typeof before === "string" && /^--?[\w-]+$/.test(before) && isSecretName(before);
};

const sizesOf = (data: unknown): unknown =>
  isObject(data)
    ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, sizeOf(value)]))
    : REMOVED;

const SIZE = /^\[removed\], \d+ characters$/;

const sizeOf = (value: unknown): string =>
  typeof value !== "string"
    ? REMOVED
    : SIZE.test(value)
      ? value
      : `${REMOVED}, ${value.length} characters`;
