import {
  MULTI_CLUSTER_LABEL,
  REMOTE_CLUSTER_ANNOTATION,
  SYSTEM_NAMESPACE,
} from "../../../components/istio/constants";
import { clusterCheck, ok, type Verdict, type View } from "../check";
import { count, enumerate } from "../text";

const SECRETS = `/api/v1/namespaces/${SYSTEM_NAMESPACE}/secrets?labelSelector=${encodeURIComponent(`${MULTI_CLUSTER_LABEL}=true`)}`;

export const remoteSecrets = clusterCheck({
  name: "remote-secrets",
  severity: "error",
  what: "Whether istio-system has remote secrets for clusters that mesh:clusters doesn't name, or for the cluster itself",
  why: "istiod joins every cluster that such a secret leads to, and of two secrets for one cluster it takes either.",
  fix: "Delete the secret, or add its cluster to mesh:clusters.",
  link: "https://istio.io/latest/docs/ops/diagnostic-tools/multicluster/",
  gather: async ({ api }) =>
    (await api.metadata(SECRETS)).map(({ metadata }) => ({
      name: metadata.name,
      cluster: metadata.annotations?.[REMOTE_CLUSTER_ANNOTATION],
    })),
  judge: judgeRemoteSecrets,
});

export interface RemoteSecretFacts {
  readonly name: string;
  readonly cluster: string | undefined;
}

type RemoteView = { readonly config: Pick<View["config"], "self" | "peers"> };

export function judgeRemoteSecrets(
  secrets: readonly RemoteSecretFacts[],
  { config }: RemoteView,
): Verdict[] {
  const ours = config.peers.map(({ cluster }) => `istio-remote-secret-${cluster.id}`);
  const foreign = secrets.filter(({ name }) => !ours.includes(name));
  const doubled = foreign.filter(({ cluster }) =>
    [config.self, ...config.peers.map((peer) => peer.cluster)].some(({ id }) => id === cluster),
  );
  const strange = foreign.filter((secret) => !doubled.includes(secret));
  const verdicts: Verdict[] = [
    ...doubled.map(({ name, cluster }): Verdict => ({
      severity: "error",
      what:
        cluster === config.self.id
          ? `Remote secret ${name} makes ${cluster} a peer of itself.`
          : `Remote secret ${name} is a second one for ${cluster}.`,
    })),
    ...(strange.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `istiod joins clusters that mesh:clusters doesn't name, by ${enumerate(strange.map(({ name, cluster }) => (cluster ? `${name} (${cluster})` : name)))}.`,
          },
        ]
      : []),
  ];
  return verdicts.length > 0
    ? verdicts
    : [
        ok(
          secrets.length > 0
            ? `${count(secrets.length, "remote secret")}, all for peers.`
            : "No remote secrets yet.",
        ),
      ];
}
