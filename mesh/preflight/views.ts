import { activeContext } from "../../config/kubeconfig";
import type { Member, OpenMesh } from "../open";
import type { View } from "./check";

/** Every cluster as every stack sees it: its own first, then its peers. */
export const viewsOf = ({ members }: OpenMesh): View[] => members.flatMap(viewsOfMember);

function viewsOfMember({ settings }: Member): View[] {
  const { stack, config, kubeconfigs, remoteKubeconfigs } = settings;
  const view = (
    cluster: View["cluster"],
    access: View["access"],
    name: string,
    texts: Readonly<Record<string, string>>,
  ): View => {
    const key = `mesh:${name}.${cluster.id}`;
    const text = texts[cluster.id] as string;
    return { stack, config, cluster, access, key, text, kubeconfig: activeContext(text, key) };
  };
  return [
    view(config.self, "own", "kubeconfigs", kubeconfigs),
    ...config.peers.map(({ kind, cluster }) =>
      kind === "managed"
        ? view(cluster, kind, "kubeconfigs", kubeconfigs)
        : view(cluster, kind, "remoteKubeconfigs", remoteKubeconfigs),
    ),
  ];
}
