import { parse } from "yaml";

/** What a text must not be outside a secret. */
export type Sensitive = "a kubeconfig" | "a private key" | "a token";

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;
/** A JSON Web Token by itself, as Kubernetes gives to ServiceAccounts: three parts, two of them JSON (RFC 7519). */
const TOKEN = /^\s*eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+\s*$/;
const BASE64 = /^[A-Za-z0-9+/\s]{40,}={0,2}\s*$/;

/** Which kind of secret a text is or holds, in plain text or as base64; undefined if none. */
export function sensitiveKind(text: string): Sensitive | undefined {
  return (
    plainKind(text) ??
    (BASE64.test(text) ? plainKind(Buffer.from(text, "base64").toString("utf8")) : undefined)
  );
}

function plainKind(text: string): Sensitive | undefined {
  if (PRIVATE_KEY.test(text)) {
    return "a private key";
  }
  if (isKubeconfig(text)) {
    return "a kubeconfig";
  }
  return TOKEN.test(text) ? "a token" : undefined;
}

const KUBECONFIG_KEYS = ["clusters", "contexts", "users"] as const;

/** Reading YAML takes its time: most texts are ruled out by the words that they lack. */
function isKubeconfig(text: string): boolean {
  if (!KUBECONFIG_KEYS.every((key) => text.includes(key))) {
    return false;
  }
  try {
    const value: unknown = parse(text);
    return (
      typeof value === "object" &&
      value !== null &&
      KUBECONFIG_KEYS.every((key) => Array.isArray((value as Record<string, unknown>)[key]))
    );
  } catch {
    return false;
  }
}
