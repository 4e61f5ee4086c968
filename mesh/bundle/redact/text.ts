import { REMOVED, isSecretName } from "./names";

/** A form that secrets have wherever they stand, and what is left of it. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // Private keys, also with their line ends escaped, and also without their end.
  [
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
    REMOVED,
  ],
  // JSON Web Tokens (RFC 7519): the base64 of `{"` comes first.
  [/\beyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?/g, REMOVED],
  // User and password of a URL (RFC 3986, 3.2.1); a password may hold any sign but its end.
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s"'<>/@:]{0,200}:[^\s"'<>]{0,1000}@/gi, `$1${REMOVED}@`],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s"'<>/@?#]{1,1000}@/gi, `$1${REMOVED}@`],
  // RFC 6750, RFC 7617
  [/\b(bearer|basic)(\s+|%20)[\w.~+/=-]{8,}/gi, `$1 ${REMOVED}`],
  // Tokens that name their issuer.
  [
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|pul-|sk-|hvs\.|npm_)[\w-]{16,}|\bAIza[\w-]{30,}|\bAGE-SECRET-KEY-1[A-Z0-9]+/g,
    REMOVED,
  ],
  // Pulumi's own ciphertext (pulumi/sdk/go/common/resource/config/crypt.go).
  [/\bv1:[A-Za-z0-9+/=]{12,}:[A-Za-z0-9+/=]{16,}/g, REMOVED],
];

/** `password=…`, `"token": "…"`, `--api-key …`, `?access_token=…`, `Authorization: …` */
const ASSIGNMENT =
  /((?:^|[\s"'`{[(,;&?])-{0,2})([\w.-]{2,64})(\\?["']?[ \t]*(?:[=:]|=>|%3D)[ \t]*)(\\"(?:(?!\\").)*\\"|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'`,;&{}[\]()]+)/g;
/** `--token …`; what has words before its dash is a name. */
const OPTION = /(?<![\w-])(--?[\w-]{2,64}[ \t]+)([^\s-][^\s]*)/g;
/** Lines of HTTP headers, whose values have spaces. */
const HEADER =
  /\b((?:proxy-)?authorization|cookie|set-cookie|x-api-key)\b(["']?[ \t]*[:=][ \t]*["']?)(?![\s{[])[^\r\n"']+/gi;

/** Values that say nothing. */
const HARMLESS = /^["'\\]*(?:true|false|null|none|nil|undefined|0|\[removed\]|<[^>]*>|)["'\\]*$/i;

/**
 * Takes out of a text whatever has a secret's form, or stands where a secret's name says so.
 *
 * @param isKnownName names of objects, which may stand behind words like `secret=`
 */
export function redactForms(text: string, isKnownName: (name: string) => boolean): string {
  const keeps = (name: string, value: string): boolean =>
    !isSecretName(name) || HARMLESS.test(value) || isKnownName(value.replaceAll(/["'\\]/g, ""));
  let result = text.replaceAll(HEADER, `$1$2${REMOVED}`);
  for (const [form, left] of FORMS) {
    result = result.replaceAll(form, left);
  }
  return withoutAssignments(result, keeps).replaceAll(
    OPTION,
    (whole, option: string, value: string) =>
      keeps(option.trim(), value) ? whole : `${option}${REMOVED}`,
  );
}

/** The value of a harmless name is looked into in its turn: `body="password=…"`. */
function withoutAssignments(text: string, keeps: (name: string, value: string) => boolean): string {
  const found = new RegExp(ASSIGNMENT);
  let result = "";
  let done = 0;
  for (let match = found.exec(text); match !== null; match = found.exec(text)) {
    const [whole, before = "", name = "", , value = ""] = match;
    const start = match.index + whole.length - value.length;
    if (keeps(name, value)) {
      found.lastIndex = Math.max(start - 1, match.index + before.length + name.length);
    } else {
      result += `${text.slice(done, start)}${quoteOf(value)}${REMOVED}${quoteOf(value)}`;
      done = start + value.length;
    }
  }
  return result + text.slice(done);
}

const quoteOf = (value: string): string => /^(\\"|"|')/.exec(value)?.[1] ?? "";
