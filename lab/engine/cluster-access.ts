import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { parse, stringify } from "yaml";
import { activeContext, isPath } from "../../config/kubeconfig";
import { UserError } from "../../config/errors";
import { isObject } from "../../config/json";

/** How to reach and enter one API server. Plain data: it is kept in a stack's state. */
export interface ClusterAccess {
  readonly server: string;
  /** PEM bundle; the system's CAs without it. */
  readonly ca?: string;
  /** PEM client certificate and key. */
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
  /** Name in the server's certificate, where it is not the URL's host. */
  readonly tlsServerName?: string;
  readonly insecure?: boolean;
}

/**
 * Reads a kubeconfig, given as its text or its path, into what a client needs.
 *
 * @param context name of the context; the kubeconfig's current one by default
 * @param where how messages call the kubeconfig
 * @throws UserError when it can't be read, points to files, or authenticates by a program
 */
export function clusterAccess(
  kubeconfig: string,
  context: string | undefined,
  where: string,
): ClusterAccess {
  const text = isPath(kubeconfig) ? readKubeconfig(kubeconfig, where) : kubeconfig;
  const { server, caData, user, cluster } = activeContext(
    context === undefined ? text : withContext(text, context),
    where,
  );
  const by = ["exec", "auth-provider", "username"].find((key) => key in user);
  if (by !== undefined) {
    throw new UserError(
      `${where} authenticates by "${by}", which the lab's engine can't: use a client certificate or a token`,
    );
  }
  const text64 = (key: string): string | undefined =>
    typeof user[key] === "string" ? decode64(user[key]) : undefined;
  return withoutUndefined({
    server,
    ca: caData === undefined ? undefined : decode64(caData),
    cert: text64("client-certificate-data"),
    key: text64("client-key-data"),
    token: typeof user["token"] === "string" ? user["token"] : undefined,
    tlsServerName:
      typeof cluster["tls-server-name"] === "string" ? cluster["tls-server-name"] : undefined,
    insecure: cluster["insecure-skip-tls-verify"] === true ? true : undefined,
  });
}

/** The kubeconfig that gives helm the same access. */
export function kubeconfigFor(access: ClusterAccess): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "cluster",
        cluster: withoutUndefined({
          server: access.server,
          "certificate-authority-data": encode64(access.ca),
          "tls-server-name": access.tlsServerName,
          "insecure-skip-tls-verify": access.insecure,
        }),
      },
    ],
    users: [
      {
        name: "user",
        user: withoutUndefined({
          "client-certificate-data": encode64(access.cert),
          "client-key-data": encode64(access.key),
          token: access.token,
        }),
      },
    ],
    contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
    "current-context": "context",
  });
}

function readKubeconfig(path: string, where: string): string {
  try {
    return readFileSync(path.replace(/^~(?=\/)/, homedir()), "utf8");
  } catch {
    throw new UserError(`${where} is the file ${path}, which can't be read: correct the path`);
  }
}

function withContext(text: string, context: string): string {
  const config: unknown = parse(text);
  return isObject(config) ? stringify({ ...config, "current-context": context }) : text;
}

const decode64 = (text: string): string => Buffer.from(text, "base64").toString("utf8");
const encode64 = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text, "utf8").toString("base64");

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const withoutUndefined = <T extends object>(value: T): Partial<Defined<T>> & T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<
    Defined<T>
  > &
    T;
