import { X509Certificate } from "node:crypto";
import { access, constants } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { configCheck, ok, placeOf, type PlacedVerdict, type Verdict, type View } from "../check";
import { count } from "../text";

const HOUR_MS = 3_600_000;
const DAYS_WARNED = 14;

export const kubeconfigLogin = configCheck({
  name: "kubeconfig-login",
  severity: "error",
  what: "How each kubeconfig logs in: whether the program that it calls is here, client-go still knows its way, and its token or certificate lasts",
  why: "Pulumi logs in by these kubeconfigs on every run. istiod doesn't: it gets a token of its own.",
  fix: "Put the token of a ServiceAccount into the kubeconfig; it is the same on every machine.",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins",
  async judge(_mesh, views) {
    // The same text says the same of itself, whichever stack has it.
    const distinct = views.filter(
      ({ text }, index) => views.findIndex((other) => other.text === text) === index,
    );
    const verdicts = await Promise.all(
      distinct.map(async (view): Promise<PlacedVerdict[]> => {
        const login = loginOf(view.kubeconfig.user);
        const present = login.program === undefined || (await isProgram(login.program));
        return judgeLogin(login, present, view.key, new Date()).map((verdict) => ({
          ...verdict,
          ...placeOf(view),
        }));
      }),
    );
    return verdicts.flat();
  },
});

/** How a kubeconfig's user proves who they are. */
export interface Login {
  readonly kind: "token" | "certificate" | "program" | "provider" | "password" | "nothing";
  /** What `exec` runs. */
  readonly program?: string;
  /** Name of an `auth-provider`. */
  readonly provider?: string;
  /** End of the token or certificate, where it says so. */
  readonly until?: Date;
}

export function loginOf(user: View["kubeconfig"]["user"]): Login {
  const text = (key: string): string | undefined =>
    typeof user[key] === "string" ? user[key] : undefined;
  const nested = (key: string, property: string): string | undefined => {
    const value = user[key];
    const found: unknown =
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[property]
        : undefined;
    return typeof found === "string" ? found : undefined;
  };
  const token = text("token");
  const certificate = text("client-certificate-data");
  if (token !== undefined) {
    const until = tokenEnd(token);
    return { kind: "token", ...(until && { until }) };
  }
  if (certificate !== undefined) {
    const until = certificateEnd(certificate);
    return { kind: "certificate", ...(until && { until }) };
  }
  if ("exec" in user) {
    return { kind: "program", program: nested("exec", "command") ?? "" };
  }
  if ("auth-provider" in user) {
    return { kind: "provider", provider: nested("auth-provider", "name") ?? "" };
  }
  return { kind: text("username") === undefined ? "nothing" : "password" };
}

/** @param present whether the login's program, if it has one, is on this machine */
export function judgeLogin(
  { kind, program, provider, until }: Login,
  present: boolean,
  key: string,
  now: Date,
): Verdict[] {
  if (kind === "program") {
    return [
      present
        ? {
            severity: "info",
            what: `${key} logs in by the program ${program}, which every machine that runs the stacks needs; istiod gets a token of its own.`,
          }
        : {
            severity: "error",
            what: `${key} logs in by the program ${program}, which isn't on this machine's PATH.`,
            fix: `Install ${program}, or put a ServiceAccount's token into the kubeconfig.`,
          },
    ];
  }
  if (kind === "provider" && provider !== "oidc") {
    return [
      {
        severity: "error",
        what: `${key} logs in by the auth-provider ${provider}, which client-go 1.26 has dropped, and Pulumi with it.`,
        link: "https://kubernetes.io/blog/2022/12/09/kubernetes-v1-26-release/",
      },
    ];
  }
  if (kind === "nothing") {
    return [
      { severity: "warning", what: `${key} has no credentials: it asks as system:anonymous.` },
    ];
  }
  const left = until === undefined ? Infinity : until.getTime() - now.getTime();
  const end = until?.toISOString();
  if (left <= 0) {
    return [{ severity: "error", what: `The ${kind} in ${key} has been invalid since ${end}.` }];
  }
  if (left < HOUR_MS) {
    return [
      { severity: "warning", what: `The ${kind} in ${key} ends at ${end}, maybe during the run.` },
    ];
  }
  const days = Math.floor(left / (24 * HOUR_MS));
  return [
    days < DAYS_WARNED
      ? { severity: "info", what: `The ${kind} in ${key} lasts ${count(days, "day")} more.` }
      : ok(`${key} logs in by ${kind}.`),
  ];
}

/** `exp` of a JSON Web Token (RFC 7519); other tokens don't say when they end. */
function tokenEnd(token: string): Date | undefined {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { exp } = JSON.parse(payload) as { exp?: unknown };
    return typeof exp === "number" ? new Date(exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}

function certificateEnd(data: string): Date | undefined {
  try {
    return new Date(new X509Certificate(Buffer.from(data, "base64")).validTo);
  } catch {
    return undefined;
  }
}

/** Whether a command can be run, as a shell would find it. */
async function isProgram(command: string): Promise<boolean> {
  const candidates =
    isAbsolute(command) || command.includes("/")
      ? [command]
      : (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, command));
  const found = await Promise.all(
    candidates.map((path) =>
      access(path, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
