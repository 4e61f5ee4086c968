import { clusterCheck, ok, type Access, type LiveView, type Verdict, type View } from "../check";
import type { ClusterApi } from "../cluster-api";
import {
  EVERYTHING,
  GIVE_AWAY,
  ownRights,
  peerRights,
  readerRights,
  type RightRow,
} from "../rights";
import { enumerate } from "../text";

export const permissions = clusterCheck({
  name: "permissions",
  severity: "error",
  what: "Whether each kubeconfig's user may do all that the stack does with it: in its own cluster, for its reader on a peer, or, of a ready-made reader, what istiod reads",
  why: "A run that is refused half-way leaves half a mesh.",
  fix: "Bind the kubeconfig's user to cluster-admin, or to a role with these rights.",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
  access: ["own", "managed", "provided"],
  gather: gatherRights,
  judge: judgeRights,
});

export interface RightsFacts {
  readonly missing: readonly RightRow[];
  /** Whether the user may write roles that allow more than they may themselves. */
  readonly givesAway: boolean;
}

async function gatherRights({ api, access, config }: LiveView): Promise<RightsFacts> {
  if (await api.may(EVERYTHING)) {
    return { missing: [], givesAway: true };
  }
  const rows = {
    own: () => ownRights(config),
    managed: () => peerRights(config),
    provided: () => readerRights(config),
  }[access]();
  const [missing, gives] = await Promise.all([
    Promise.all(rows.map((row) => missingOf(api, row))),
    Promise.all(access === "provided" ? [] : GIVE_AWAY.map((right) => api.may(right))),
  ]);
  return {
    missing: missing.filter(({ verbs }) => verbs.length > 0),
    givesAway: gives.every((may) => may),
  };
}

async function missingOf(api: ClusterApi, row: RightRow): Promise<RightRow> {
  const { group, resource, namespace, name, verbs } = row;
  const allowed = await Promise.all(
    verbs.map((verb) =>
      api.may({ verb, group, resource, ...(namespace && { namespace }), ...(name && { name }) }),
    ),
  );
  return { ...row, verbs: verbs.filter((_, index) => !allowed[index]) };
}

const ROLES: Readonly<Record<Access, string>> = {
  own: "deploys with",
  managed: "makes its reader with",
  provided: "gives istiod",
};

export function judgeRights(
  { missing, givesAway }: RightsFacts,
  { key, access, stack, cluster }: Pick<View, "key" | "access" | "stack" | "cluster">,
): Verdict[] {
  const user = `The user of ${key}, which stack ${stack} ${ROLES[access]}`;
  const verdicts: Verdict[] = [];
  if (missing.length > 0) {
    verdicts.push({
      severity: "error",
      what: `${user}, may not ${enumerate(missing.map(describe), 8)}.`,
      ...(access === "provided" && {
        why: "istiod waits for all of it, and gives the peer up after 30 s.",
        fix: `Bind the reader on ${cluster.id} to a ClusterRole with these rights (docs/architecture.md).`,
      }),
    });
  }
  if (!givesAway) {
    verdicts.push({
      severity: "warning",
      what: `${user}, may give istiod and readers only rights that it has itself.`,
      why: "Kubernetes refuses a role with more rights than its author's.",
      fix: "Add the verbs escalate and bind on clusterroles, or bind the user to cluster-admin.",
      link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping",
    });
  }
  return verdicts.length > 0 ? verdicts : [ok(`${user}, has the rights that it takes.`)];
}

const describe = ({ verbs, group, resource, namespace, name }: RightRow): string =>
  [
    verbs.join("/"),
    name === undefined ? resource : `${resource} ${name}`,
    group === "" ? "" : `(${group})`,
    namespace === undefined ? "" : `in ${namespace}`,
  ]
    .filter(Boolean)
    .join(" ");
