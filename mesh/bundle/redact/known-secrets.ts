import { parse } from "yaml";
import { isObject } from "../../../config/json";
import { isSecretName, REMOVED } from "./names";

/** Shorter ones are words that stand anywhere. */
const SHORTEST = 6;
const SHORTEST_LINE = 16;
/** Longer ones are files, whose parts count. */
const LONGEST = 16_384;

/** Secrets that were seen somewhere, and are to be seen nowhere else. */
export class KnownSecrets {
  readonly #values = new Set<string>();
  #ordered: readonly string[] | undefined;

  /** @param isKnownName what is no secret although it stands among them, e.g. names of namespaces */
  constructor(private readonly isKnownName: (name: string) => boolean = () => false) {}

  /** Learns the values of a Secret's `data` (base64) and `stringData`. */
  addSecret(secret: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of entriesOf(secret["data"])) {
      const text = Buffer.from(value, "base64").toString("utf8");
      if (!isPublic(key, secret["type"])) {
        this.#add(value.replace(/=+$/, ""));
        this.add(text);
      }
    }
    for (const [key, value] of entriesOf(secret["stringData"])) {
      if (!isPublic(key, secret["type"])) {
        this.add(value);
      }
    }
  }

  /**
   * Learns a text that is secret: as a whole; of keys and other files each line, and of kubeconfigs
   * and the like what is secret in them. Certificates are public.
   */
  add(text: string): void {
    const value = text.trim();
    const withoutCertificates = value.replaceAll(
      /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g,
      "",
    );
    if (!value.includes("\n") && value.length <= LONGEST) {
      this.#add(value);
    }
    const structure = structureOf(value);
    if (structure !== undefined) {
      this.#addLeaves(structure, false);
    } else if (withoutCertificates.includes("\n")) {
      for (const line of withoutCertificates.split("\n").map((one) => one.trim())) {
        if (line.length >= SHORTEST_LINE && !line.startsWith("-----")) {
          this.#add(line);
        }
      }
    }
  }

  /** The text without any of them, in clear or as base64. */
  removeFrom(text: string): string {
    return this.#inOrder().reduce(
      (left, secret) => (left.includes(secret) ? left.replaceAll(secret, REMOVED) : left),
      text,
    );
  }

  isIn(text: string): boolean {
    return this.#inOrder().some((secret) => text.includes(secret));
  }

  #addLeaves(value: unknown, isSecret: boolean): void {
    if (typeof value === "string") {
      if (isSecret) {
        this.#add(value.trim());
        this.#add(Buffer.from(value, "base64").toString("utf8").trim(), SHORTEST_LINE);
      }
    } else if (Array.isArray(value)) {
      value.forEach((item) => this.#addLeaves(item, isSecret));
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        this.#addLeaves(item, isSecret || isSecretName(key.replace(/-data$/, "")));
      }
    }
  }

  #add(value: string, shortest = SHORTEST): void {
    if (
      value.length >= shortest &&
      !this.isKnownName(value) &&
      !/^(true|false|\d{1,8})$/.test(value)
    ) {
      this.#values.add(value);
      const encoded = Buffer.from(value).toString("base64").replace(/=+$/, "");
      // The last sign depends on what follows.
      this.#values.add(encoded.length > SHORTEST_LINE ? encoded.slice(0, -1) : encoded);
      const quoted = JSON.stringify(value).slice(1, -1);
      this.#values.add(quoted);
      this.#ordered = undefined;
    }
  }

  /** The longest first, so that none leaves the rest of a longer one behind. */
  #inOrder(): readonly string[] {
    return (this.#ordered ??= [...this.#values].sort((one, other) => other.length - one.length));
  }
}

const entriesOf = (value: unknown): [string, string][] =>
  isObject(value)
    ? Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      )
    : [];

/** Parts of Secrets that are no secrets; a Helm release is a file of its own, and not collected. */
const isPublic = (key: string, type: unknown): boolean =>
  type === "helm.sh/release.v1" ||
  (type === "kubernetes.io/service-account-token" && key !== "token") ||
  ["ca.crt", "tls.crt", "root-cert.pem", "ca-cert.pem", "cert-chain.pem"].includes(key);

function structureOf(text: string): unknown {
  if (!/^\s*[{[]|^[\w"-]+:(\s|$)/m.test(text) || text.length > LONGEST * 8) {
    return undefined;
  }
  try {
    const value: unknown = parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
