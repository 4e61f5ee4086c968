import type { OpenMesh } from "../open";
import type { Item } from "../preflight/cluster-api";
import { KnownSecrets } from "./redact/known-secrets";
import { isSecretName } from "./redact/names";

/** Names that stand everywhere, and are no secrets although a Secret may hold one. */
export function namesOf(open: OpenMesh, secrets: readonly Item[]): (name: string) => boolean {
  const names = new Set([
    ...open.mesh.clusters.flatMap(({ id, network }) => [id, network]),
    open.mesh.id,
    open.mesh.trustDomain,
    ...secrets.flatMap(({ metadata: { name, namespace = "" } }) => [
      name,
      namespace,
      `${namespace}/${name}`,
    ]),
  ]);
  return (name) => names.has(name);
}

/** Everything that is known to be secret: in the clusters, in the configuration, in this process. */
export function knownSecrets(
  { trust, members }: OpenMesh,
  secrets: readonly Item[],
  isKnownName: (name: string) => boolean,
): KnownSecrets {
  const known = new KnownSecrets(isKnownName);
  for (const secret of secrets) {
    known.addSecret(secret as unknown as Readonly<Record<string, unknown>>);
  }
  for (const settings of [trust, ...members.map((member) => member.settings)]) {
    const { kubeconfigs = {}, remoteKubeconfigs = {}, cacerts = {} } = settings ?? {};
    for (const texts of [kubeconfigs, remoteKubeconfigs, cacerts]) {
      Object.values(texts).forEach((text) => known.add(text));
    }
  }
  for (const [name, value = ""] of Object.entries(process.env)) {
    if (isSecretName(name)) {
      known.add(value);
    }
  }
  return known;
}
