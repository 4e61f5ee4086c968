import { isIP } from "node:net";
import { dnsRecord } from "../../../components/https/dns-record";
import { INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import type { HttpsConfig } from "../../../config/model";
import type {
  CertificateFacts,
  ChallengeFacts,
  Condition,
  HostFacts,
  IssuerFacts,
  OrderFacts,
  Resolve,
} from "../../https/host-facts";
import type { ClusterApi, Item } from "../../preflight/cluster-api";
import { readGatewayService } from "./objects";

const CERTIFICATES = "/apis/cert-manager.io/v1";
const ACME = `/apis/acme.cert-manager.io/v1/namespaces/${SYSTEM_NAMESPACE}`;

/** Reads how far the certificates of a cluster's public hosts are, and what the DNS says of them. */
export async function readPublicHosts(
  api: ClusterApi,
  https: HttpsConfig | undefined,
  resolve: Resolve | undefined,
): Promise<readonly HostFacts[]> {
  if (https === undefined || resolve === undefined) {
    return [];
  }
  const [service, issuer, certificates, orders, challenges] = await Promise.all([
    readGatewayService(api, INGRESS_GATEWAY),
    api.read<IssuerItem>(`${CERTIFICATES}/clusterissuers/${https.issuer.name}`),
    api.list<CertificateItem>(`${CERTIFICATES}/namespaces/${SYSTEM_NAMESPACE}/certificates`),
    api.list<OrderItem>(`${ACME}/orders`),
    api.list<ChallengeItem>(`${ACME}/challenges`),
  ]);
  const target = service?.addresses[0]?.address;
  const expected = target === undefined ? [] : await addressesOf(target, resolve);
  return Promise.all(
    https.hosts.map(async (host) => {
      const certificate = certificates.find(({ spec }) => spec?.dnsNames?.includes(host));
      const [order] = orders
        .filter(({ spec }) => spec?.dnsNames?.includes(host))
        .sort((one, other) => createdAt(other).localeCompare(createdAt(one)));
      return {
        host,
        record: target === undefined ? undefined : dnsRecord(host, target),
        expected,
        dns: await resolve(host),
        issuer: issuer && toIssuer(issuer),
        certificate: certificate && toCertificate(certificate),
        order: order && toOrder(order),
        challenges: challenges.filter(({ spec }) => spec?.dnsName === host).map(toChallenge),
      };
    }),
  );
}

async function addressesOf(target: string, resolve: Resolve): Promise<readonly string[]> {
  if (isIP(target) !== 0) {
    return [target];
  }
  const answer = await resolve(target);
  return answer.kind === "addresses" ? answer.addresses : [];
}

type ConditionItems = readonly (Partial<Condition> & { readonly type: string })[];

interface IssuerItem extends Item {
  readonly spec?: { readonly acme?: { readonly server?: string } };
  readonly status?: { readonly conditions?: ConditionItems };
}

interface CertificateItem extends Item {
  readonly spec?: { readonly dnsNames?: readonly string[] };
  readonly status?: {
    readonly conditions?: ConditionItems;
    readonly notAfter?: string;
    readonly renewalTime?: string;
  };
}

interface OrderItem extends Item {
  readonly spec?: { readonly dnsNames?: readonly string[] };
  readonly status?: { readonly state?: string; readonly reason?: string };
}

interface ChallengeItem extends Item {
  readonly spec?: { readonly dnsName?: string };
  readonly status?: { readonly state?: string; readonly reason?: string };
}

function condition(items: ConditionItems | undefined, type: string): Condition | undefined {
  const found = items?.find((item) => item.type === type);
  return found && { status: found.status ?? "Unknown", message: found.message ?? "" };
}

const createdAt = ({ metadata }: Item): string => metadata.creationTimestamp ?? "";

const toIssuer = ({ metadata, spec, status }: IssuerItem): IssuerFacts => ({
  name: metadata.name,
  directory: spec?.acme?.server,
  ready: condition(status?.conditions, "Ready"),
});

const toCertificate = ({ status }: CertificateItem): CertificateFacts => ({
  ready: condition(status?.conditions, "Ready"),
  issuing: condition(status?.conditions, "Issuing"),
  notAfter: status?.notAfter,
  renewalTime: status?.renewalTime,
});

const toOrder = (order: OrderItem): OrderFacts => ({
  createdAt: createdAt(order),
  state: order.status?.state || undefined,
  reason: order.status?.reason ?? "",
});

const toChallenge = ({ status }: ChallengeItem): ChallengeFacts => ({
  state: status?.state || undefined,
  reason: status?.reason ?? "",
});
