/** What stands in place of a secret. */
export const REMOVED = "[removed]";

/** Words of a name that say that its value is secret. */
const SECRET_WORDS = new Set([
  "password",
  "passwords",
  "passwd",
  "pwd",
  "pass",
  "passphrase",
  "secret",
  "secrets",
  "token",
  "tokens",
  "jwt",
  "credential",
  "credentials",
  "auth",
  "authorization",
  "cookie",
  "cookies",
  "apikey",
  "accesskey",
  "secretkey",
  "privatekey",
  "signature",
  "salt",
  "dsn",
]);

/** Words that make a key one that opens something. */
const KEY_OWNERS = new Set([
  "access",
  "account",
  "api",
  "client",
  "encryption",
  "license",
  "master",
  "private",
  "secret",
  "server",
  "service",
  "shared",
  "signing",
  "ssh",
  "tls",
  "webhook",
]);

/** Last words of names that only speak of a secret: where it is, how it is called, how long it lives. */
const HARMLESS_ENDS = new Set([
  "audience",
  "audiences",
  "count",
  "enabled",
  "expiration",
  "file",
  "issuer",
  "kind",
  "mode",
  "name",
  "namespace",
  "path",
  "policy",
  "ref",
  "seconds",
  "status",
  "ttl",
  "type",
  "uri",
  "version",
]);

/** A shell's variable; in other writing it is short for a password. */
const WORKING_FOLDER = "PWD";

/** Whether what is called so is to be kept to oneself: `DB_PASSWORD`, `apiKey`, but not `secretName`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.at(-1);
  if (last === undefined || HARMLESS_ENDS.has(last) || name === WORKING_FOLDER) {
    return false;
  }
  return words.some(
    (word, index) =>
      SECRET_WORDS.has(word) || (word === "key" && KEY_OWNERS.has(words[index - 1] ?? "")),
  );
}
