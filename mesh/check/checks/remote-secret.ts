import { checkRemoteKubeconfig } from "../../../config/kubeconfig";
import { UserError } from "../../../config/errors";
import type { Cluster, PeerAccess } from "../../../config/model";
import { enumerate } from "../../preflight/text";
import { directionCheck, ok, type Verdict } from "../check";
import type { RemoteSecret } from "../facts";

export const remoteSecret = directionCheck({
  name: "remote-secret",
  column: "traffic",
  severity: "error",
  what: "Whether there is one remote secret for the peer, under the peer's ID, with a kubeconfig that istiod takes and the API server that the configuration names",
  why: "It is how istiod knows the peer: without it, it sees none of the peer's services.",
  fix: "npm run mesh -- up --refresh writes it anew.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/#enable-endpoint-discovery",
  needs: ["remoteSecrets"],
  judge: ({ remoteSecrets }, { config }, { cluster }) =>
    judgeRemoteSecret(
      remoteSecrets,
      cluster,
      config.peers.find((peer) => peer.cluster.id === cluster.id),
    ),
});

/** The secrets that make `id` known, in the order in which they are found. */
const secretsFor = (secrets: readonly RemoteSecret[], id: string): RemoteSecret[] =>
  secrets.filter(({ kubeconfigs }) => id in kubeconfigs);

export function judgeRemoteSecret(
  secrets: readonly RemoteSecret[],
  { id }: Pick<Cluster, "id">,
  access: PeerAccess | undefined,
): Verdict[] {
  const [secret, ...more] = secretsFor(secrets, id);
  if (secret === undefined) {
    return [absence(secrets, id)];
  }
  const where = `Remote secret ${secret.name}`;
  if (more.length > 0) {
    return [
      {
        severity: "error",
        what: `There are several remote secrets for ${id}: ${enumerate([secret, ...more].map(({ name }) => name))}.`,
        why: "istiod takes the first that it meets, and ignores the others.",
        fix: `Delete all but istio-remote-secret-${id}.`,
      },
    ];
  }
  try {
    const { server } = checkRemoteKubeconfig(secret.kubeconfigs[id] ?? "", where);
    if (access?.kind === "managed" && !isSameUrl(server, access.server)) {
      return [
        {
          severity: "error",
          what: `${where} leads to ${server}, the configuration to ${access.server}.`,
          why: "istiod reads another API server than it should, or one that isn't there any more.",
        },
      ];
    }
    return [ok(`${secret.name} leads to ${server}.`)];
  } catch (error) {
    if (error instanceof UserError) {
      return [{ severity: "error", what: `${firstPart(error.message)}.` }];
    }
    throw error;
  }
}

/** A secret that was meant for the peer, but names it otherwise, is the likelier mistake than none. */
function absence(secrets: readonly RemoteSecret[], id: string): Verdict {
  const meant = secrets.find(
    ({ name, annotation }) => annotation === id || name === `istio-remote-secret-${id}`,
  );
  return meant === undefined
    ? { severity: "error", what: `There is no remote secret for ${id}.` }
    : {
        severity: "error",
        what: `Remote secret ${meant.name} has its kubeconfig under ${enumerate(Object.keys(meant.kubeconfigs)) || "no key"}, not under ${id}.`,
        why: "The key is the cluster's ID to istiod: under another one, rules and labels that name the peer match nothing.",
      };
}

const isSameUrl = (one: string, other: string): boolean =>
  new URL(one).href.replace(/\/$/, "") === new URL(other).href.replace(/\/$/, "");

/** What is wrong, without what to write into the configuration instead. */
const firstPart = (message: string): string => message.split(": ")[0] as string;
