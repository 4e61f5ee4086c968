import type { V1Secret } from "@kubernetes/client-node";
import type { KubeClient } from "../../kube/client";

/**
 * Lets Helm begin anew where a killed run left it in the middle.
 *
 * Helm keeps a record per revision of a release, a Secret labelled with its status, and refuses to
 * install over any record, and to upgrade over one that is pending. Without the record the next
 * install takes over the objects that the killed one made: they name the release as their owner
 * (helm.sh/docs "Helm 3.2: adoption of existing resources").
 *
 * @param all also the records of what was installed to its end: the state knows nothing of it
 * @returns how many records are gone
 */
export async function forgetReleaseRecords(
  { core }: KubeClient,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  all: boolean,
): Promise<number> {
  const { items } = await core.listNamespacedSecret({
    namespace,
    labelSelector: `owner=helm,name=${name}`,
  });
  const inTheWay = items.filter((record) => all || isPending(record));
  for (const { metadata } of inTheWay) {
    await core.deleteNamespacedSecret({ namespace, name: metadata?.name as string });
  }
  return inTheWay.length;
}

export const isPending = ({ metadata }: Pick<V1Secret, "metadata">): boolean =>
  (metadata?.labels?.["status"] ?? "").startsWith("pending-");
