import { fleetCheck, ok, type PlacedVerdict, type Seen, type View } from "../check";
import type { Item } from "../cluster-api";
import { KUBE_SYSTEM } from "../connect";
import { unique } from "../text";

export const clusterIdentity = fleetCheck({
  name: "cluster-identity",
  severity: "error",
  what: "Whether each kubeconfig leads to the cluster that it is for: by the UID of kube-system, no two clusters are one, and a peer's kubeconfig leads where the peer's own stack deploys",
  why: "One cluster under two names overwrites its own mesh, and a reader on the wrong cluster sees the wrong services.",
  fix: "Fetch the kubeconfig of the right cluster.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/",
  access: ["own", "managed", "provided"],
  gather: async ({ api }) => (await api.read<Item>(KUBE_SYSTEM))?.metadata.uid,
  judge: (seen) => judgeIdentities(seen),
});

type Identity = Seen<string | undefined> & {
  readonly view: Pick<View, "stack" | "cluster" | "access" | "key" | "config">;
};

export function judgeIdentities(seen: readonly Identity[]): PlacedVerdict[] {
  const known = seen.filter(({ facts }) => facts !== undefined);
  const own = known.filter(({ view }) => view.access === "own");
  const verdicts = [...twins(own), ...strays(known, own)];
  const ids = unique(known.map(({ view }) => view.cluster.id));
  return verdicts.length > 0 || ids.length === 0
    ? verdicts
    : [ok(`${known.length} kubeconfigs lead to ${ids.length} clusters as they should.`)];
}

/** Own kubeconfigs of two stacks that lead to one cluster. */
function twins(own: readonly Identity[]): PlacedVerdict[] {
  return own.flatMap(({ view, facts }, index) => {
    const twin = own.slice(0, index).find((other) => other.facts === facts);
    return twin === undefined
      ? []
      : [
          {
            severity: "error" as const,
            cluster: view.cluster.id,
            what: `${view.key} of stack ${view.stack} leads to the same cluster as ${twin.view.key} of stack ${twin.view.stack}.`,
          },
        ];
  });
}

/** Peers' kubeconfigs that lead to another cluster than the peer's own stack, or to one's own. */
function strays(known: readonly Identity[], own: readonly Identity[]): PlacedVerdict[] {
  return known
    .filter(({ view }) => view.access !== "own")
    .flatMap(({ view, facts }): PlacedVerdict[] => {
      const { id } = view.cluster;
      const target = own.find((other) => other.view.cluster.id === id);
      const actual = own.find((other) => other.facts === facts);
      const rightly =
        target === undefined ? actual?.view.stack !== view.stack : target.facts === facts;
      const where = actual === undefined ? "an unknown cluster" : actual.view.cluster.id;
      return rightly
        ? []
        : [
            {
              severity: "error",
              cluster: view.config.self.id,
              peer: id,
              what: `${view.key} of stack ${view.stack} leads to ${where}, not to ${id}.`,
            },
          ];
    });
}
