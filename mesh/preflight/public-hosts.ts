import { BOOKINFO } from "../../components/bookinfo/constants";
import { CLOVA } from "../../components/clova/constants";
import { hostNames } from "../../components/https/host-names";
import { OBSERVABILITY } from "../../components/observability/constants";
import { THEATER } from "../../components/theater/constants";
import type { ClusterConfig } from "../../config/model";

/** A kind of which a public host has objects in istio-system, and their names. */
export interface HostKind {
  readonly kind: string;
  readonly group: string;
  readonly plural: string;
  readonly names: (service: string) => readonly string[];
}

const ISTIO = "networking.istio.io";

/** What {@link HttpsHost} makes, by kind. */
export const HOST_KINDS: readonly HostKind[] = [
  {
    kind: "Certificate",
    group: "cert-manager.io",
    plural: "certificates",
    names: (service) => [hostNames(service).certificate],
  },
  {
    kind: "Gateway",
    group: ISTIO,
    plural: "gateways",
    names: (service) => [hostNames(service).httpGateway, hostNames(service).httpsGateway],
  },
  {
    kind: "ServiceEntry",
    group: ISTIO,
    plural: "serviceentries",
    names: (service) => [hostNames(service).redirect],
  },
  {
    kind: "DestinationRule",
    group: ISTIO,
    plural: "destinationrules",
    names: (service) => [hostNames(service).redirect],
  },
  {
    kind: "VirtualService",
    group: ISTIO,
    plural: "virtualservices",
    names: (service) => [hostNames(service).httpGateway, hostNames(service).redirect],
  },
];

/** The services whose host the public reaches by HTTPS through this cluster. */
export const publicServices = ({
  clova,
  theater,
  bookinfo,
  observability,
}: Pick<ClusterConfig, "clova" | "theater" | "bookinfo" | "observability">): readonly string[] => [
  ...(clova?.host === undefined ? [] : [CLOVA.name]),
  ...(theater?.entry?.kind === "https" ? [THEATER.name] : []),
  ...(bookinfo?.entry?.kind === "https" ? [BOOKINFO.name] : []),
  ...(observability?.whole?.grafana?.host === undefined ? [] : [OBSERVABILITY.grafana]),
];
