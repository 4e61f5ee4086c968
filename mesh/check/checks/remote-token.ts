import { READER_VERBS, readerRules, type ReaderRule } from "../../../components/istio/reader-rules";
import type { ClusterConfig } from "../../../config/model";
import { enumerate } from "../../preflight/text";
import { directionCheck, ok, type Verdict, type World } from "../check";
import type { Access, AccessRule } from "../facts";
import { tokenExpiry } from "../token";

/** Less than this is time enough for one weekend, not for two. */
const ENOUGH_DAYS = 7;
const DAY_MS = 86_400_000;

export const remoteToken = directionCheck({
  name: "remote-token",
  column: "traffic",
  severity: "error",
  what: "Whether the peer's API server takes the remote secret's token, tried from this machine, and lets its user read what istiod needs",
  why: "istiod reads the peer with it. What it read before stays, and grows old.",
  fix: "npm run mesh -- up --refresh makes a new token where the old one is gone; then restart istiod if the peer still isn't synced.",
  link: "https://istio.io/latest/docs/ops/configuration/security/security-policy-examples/",
  follows: ["remote-secret"],
  needs: ["access", "remoteSecrets"],
  judge: ({ access, remoteSecrets }, { config }, { cluster }, { now }) => {
    const found = access[cluster.id];
    const kubeconfig = remoteSecrets.find(({ kubeconfigs }) => cluster.id in kubeconfigs);
    return found === undefined
      ? []
      : judgeAccess(found, {
          peer: cluster.id,
          expiry: tokenExpiry(kubeconfig?.kubeconfigs[cluster.id] ?? ""),
          remoteCredentials: config.remoteCredentials,
          now,
        });
  },
});

interface AccessContext extends Pick<World, "now"> {
  readonly peer: string;
  /** Nothing for a token that doesn't expire. */
  readonly expiry: Date | undefined;
  readonly remoteCredentials: ClusterConfig["remoteCredentials"];
}

export function judgeAccess(
  access: Access,
  { peer, expiry, remoteCredentials, now }: AccessContext,
): Verdict[] {
  switch (access.result) {
    case "unreachable":
      return [
        {
          severity: "info",
          what: `The token could not be tried from this machine: ${access.reason}. What istiod says of ${peer} counts.`,
        },
      ];
    case "untrusted":
      return [
        {
          severity: "error",
          what: `The API server of ${peer} shows a certificate that the remote secret's CA doesn't fit: ${access.reason}.`,
          why: "istiod breaks off the connection.",
        },
      ];
    case "refused":
      return [
        {
          severity: "error",
          what:
            access.status === 401
              ? `The API server of ${peer} doesn't know the token (401).`
              : `The API server of ${peer} answers the token with ${access.status}: ${access.reason}.`,
        },
      ];
    case "answered": {
      const lacking = lackingRules(access.rules, readerRules(remoteCredentials));
      if (lacking.length > 0) {
        return [
          {
            severity: "error",
            what: `${access.user} may not read ${enumerate(lacking.map(({ id }) => id))} of ${peer}.`,
            why: "Without any one of these rights istiod never gets in sync with the peer.",
            fix: "npm run mesh -- up --refresh gives the reader its role back.",
          },
        ];
      }
      const days = expiry && Math.floor((expiry.getTime() - now.getTime()) / DAY_MS);
      return days !== undefined && days < ENOUGH_DAYS
        ? [
            {
              severity: "warning",
              what: `The token for ${peer} is valid for ${days} more days only.`,
              fix: "Give mesh:remoteKubeconfigs a kubeconfig with a token that lasts, or renew it in time.",
            },
          ]
        : [ok(`${access.user} is let in.`)];
    }
  }
}

/** The rules that no right covers; none where the API server didn't list all rights. */
export function lackingRules(
  rights: readonly AccessRule[] | undefined,
  wanted: readonly ReaderRule[],
): ReaderRule[] {
  return rights === undefined
    ? []
    : wanted.filter(
        ({ apiGroups, resources, resourceNames }) =>
          !apiGroups.every((group) =>
            resources.every((resource) =>
              READER_VERBS.every((verb) =>
                rights.some(
                  (right) =>
                    has(right.verbs, verb) &&
                    has(right.apiGroups, group) &&
                    has(right.resources, resource) &&
                    hasNames(right.resourceNames, resourceNames),
                ),
              ),
            ),
          ),
      );
}

const has = (granted: readonly string[] | undefined, wanted: string): boolean =>
  (granted ?? []).some((one) => one === "*" || one === wanted);

/** A right without names is for all of them. */
const hasNames = (
  granted: readonly string[] | undefined,
  wanted: readonly string[] | undefined,
): boolean =>
  granted === undefined ||
  granted.length === 0 ||
  (wanted !== undefined && wanted.every((name) => granted.includes(name)));
