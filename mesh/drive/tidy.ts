import type { KubeClient } from "../../kube/client";

/** What istiod writes into every namespace (istio/pilot/pkg/bootstrap, namespacecontroller.go). */
const NAMES = ["istio-ca-root-cert", "istio-ca-crl"];
const SELECTOR = "istio.io/config=true";

/**
 * Removes what istiod itself, not the stack, had put into the namespaces of others, once no istiod is
 * left to put it there again.
 *
 * @returns how many objects are gone
 */
export async function tidy({ core }: KubeClient): Promise<number> {
  const istiods = await core.listPodForAllNamespaces({ labelSelector: "app=istiod" });
  if (istiods.items.some(({ metadata }) => metadata?.deletionTimestamp === undefined)) {
    return 0;
  }
  const { items } = await core.listConfigMapForAllNamespaces({ labelSelector: SELECTOR });
  const ours = items.filter(({ metadata }) => NAMES.includes(metadata?.name ?? ""));
  await Promise.all(
    ours.map(({ metadata }) =>
      core.deleteNamespacedConfigMap({
        namespace: metadata?.namespace as string,
        name: metadata?.name as string,
      }),
    ),
  );
  return ours.length;
}
