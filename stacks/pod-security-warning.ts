import { BOOKINFO } from "../components/bookinfo/constants";
import { CLOVA } from "../components/clova/constants";
import { OBSERVABILITY } from "../components/observability/constants";
import { THEATER } from "../components/theater/constants";
import type { ClusterConfig } from "../config/model";

/** What to say of namespaces that take any pod because their own need an init container's rights. */
export function podSecurityWarning({
  istioCni,
  bookinfo,
  clova,
  theater,
  observability,
}: Pick<ClusterConfig, "istioCni" | "bookinfo" | "clova" | "theater" | "observability">):
  string | undefined {
  const namespaces = [
    ...(bookinfo === undefined ? [] : [BOOKINFO.namespace]),
    ...(clova === undefined ? [] : [CLOVA.namespace]),
    ...(theater === undefined ? [] : [THEATER.namespace]),
    ...(observability === undefined ? [] : [OBSERVABILITY.namespace]),
  ];
  return istioCni === "none" && namespaces.length > 0
    ? `Without istio-cni, ${namespaces.join(", ")} can't enforce the Pod Security Standard restricted, as sidecars' init containers need NET_ADMIN: set mesh:istioCni to install`
    : undefined;
}
