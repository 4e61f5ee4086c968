import { ECHO } from "../../../components/echo/constants";
import {
  CACERTS_SECRET,
  EAST_WEST_GATEWAY,
  INGRESS_GATEWAY,
  MULTI_CLUSTER_LABEL,
  REMOTE_CLUSTER_ANNOTATION,
  SYSTEM_NAMESPACE,
} from "../../../components/istio/constants";
import type { ClusterApi, Item } from "../../preflight/cluster-api";
import type {
  Container,
  Facts,
  GatewayService,
  MtlsPolicy,
  Opening,
  Pod,
  RemoteSecret,
  RootConfigMap,
  Workload,
} from "../facts";

/** Reads what checks need of a cluster's objects: each of these facts is one request. */

const SYSTEM = `namespaces/${SYSTEM_NAMESPACE}`;

export async function readVersion(api: ClusterApi): Promise<string> {
  const { body } = await api.answer("/version");
  return (body as { gitVersion: string }).gitVersion;
}

export async function readSystemNamespace(api: ClusterApi): Promise<Facts["systemNamespace"]> {
  const metadata = await api.readMetadata(`/api/v1/${SYSTEM}`);
  return metadata && { labels: metadata.labels ?? {} };
}

export async function readWorkloads(api: ClusterApi): Promise<readonly Workload[]> {
  const found = await api.list<DeploymentItem>(`/apis/apps/v1/${SYSTEM}/deployments`);
  return found.map(toWorkload);
}

export const isIstiod = ({ selector }: Workload): boolean =>
  selector["app"] === "istiod" || selector["istio"] === "pilot";

export const isGateway = ({ name }: Workload): boolean =>
  name === EAST_WEST_GATEWAY || name === INGRESS_GATEWAY;

export const readPods = async (api: ClusterApi): Promise<readonly Pod[]> =>
  (await api.list<PodItem>(`/api/v1/${SYSTEM}/pods`)).flatMap(toPod);

export const readEchoPods = async (api: ClusterApi): Promise<readonly Pod[]> =>
  (
    await api.list<PodItem>(
      `/api/v1/namespaces/${ECHO.namespace}/pods?labelSelector=${encodeURIComponent(`app=${ECHO.name}`)}`,
    )
  ).flatMap(toPod);

export async function readCacerts(api: ClusterApi): Promise<Facts["cacerts"]> {
  const secret = await api.read<SecretItem>(`/api/v1/${SYSTEM}/secrets/${CACERTS_SECRET}`);
  return secret && decoded(secret);
}

export async function readRemoteSecrets(api: ClusterApi): Promise<readonly RemoteSecret[]> {
  const selector = encodeURIComponent(`${MULTI_CLUSTER_LABEL}=true`);
  const found = await api.list<SecretItem>(`/api/v1/${SYSTEM}/secrets?labelSelector=${selector}`);
  return found.map((secret) => ({
    name: secret.metadata.name,
    annotation: secret.metadata.annotations?.[REMOTE_CLUSTER_ANNOTATION],
    kubeconfigs: decoded(secret),
  }));
}

export async function readGatewayService(
  api: ClusterApi,
  name: string,
): Promise<GatewayService | undefined> {
  const found = await api.read<ServiceItem>(`/api/v1/${SYSTEM}/services/${name}`);
  return (
    found && {
      name: found.metadata.name,
      type: found.spec?.type ?? "",
      labels: found.metadata.labels ?? {},
      ports: (found.spec?.ports ?? []).map(({ port }) => port),
      addresses: (found.status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => [
        ...(ip ? [{ kind: "ip" as const, address: ip }] : []),
        ...(hostname ? [{ kind: "hostname" as const, address: hostname }] : []),
      ]),
    }
  );
}

export async function readOpenings(api: ClusterApi): Promise<readonly Opening[]> {
  const found = await api.list<IstioGatewayItem>(`/apis/networking.istio.io/v1/${SYSTEM}/gateways`);
  return found.flatMap(({ metadata, spec }) =>
    (spec?.servers ?? []).map(({ port, tls, hosts }) => ({
      gateway: metadata.name,
      selector: spec?.selector ?? {},
      port: port?.number ?? 0,
      tlsMode: tls?.mode,
      hosts: hosts ?? [],
    })),
  );
}

export async function readMtlsPolicies(api: ClusterApi): Promise<readonly MtlsPolicy[]> {
  const found = await api.list<PolicyItem>("/apis/security.istio.io/v1/peerauthentications");
  return found.map(({ metadata, spec }) => ({
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    mode: spec?.mtls?.mode,
    hasSelector: spec?.selector?.matchLabels !== undefined,
    createdAt: new Date(metadata.creationTimestamp ?? 0),
  }));
}

export async function readRootConfigMaps(api: ClusterApi): Promise<readonly RootConfigMap[]> {
  const selector = encodeURIComponent("metadata.name=istio-ca-root-cert");
  const found = await api.list<Item & { readonly data?: Readonly<Record<string, string>> }>(
    `/api/v1/configmaps?fieldSelector=${selector}`,
  );
  return found.map(({ metadata, data }) => ({
    namespace: metadata.namespace ?? "",
    pem: data?.["root-cert.pem"] ?? "",
  }));
}

interface DeploymentItem extends Item {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly {
          readonly image?: string;
          readonly env?: readonly { readonly name: string; readonly value?: string }[];
        }[];
      };
    };
  };
  readonly status?: { readonly availableReplicas?: number };
}

function toWorkload({ metadata, spec, status }: DeploymentItem): Workload {
  const [container] = spec?.template?.spec?.containers ?? [];
  return {
    name: metadata.name,
    wanted: spec?.replicas ?? 1,
    available: status?.availableReplicas ?? 0,
    image: container?.image ?? "",
    env: Object.fromEntries(
      (container?.env ?? []).flatMap(({ name, value }) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    selector: spec?.selector?.matchLabels ?? {},
  };
}

interface PodItem extends Item {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
  readonly lastState?: {
    readonly terminated?: { readonly reason?: string; readonly finishedAt?: string };
  };
}

/** Pods that are on their way out don't count. */
function toPod({ metadata, status }: PodItem): Pod[] {
  if (metadata.deletionTimestamp !== undefined) {
    return [];
  }
  const conditions = status?.conditions ?? [];
  const trouble = conditions.find(
    ({ type, status: value }) => type === "PodScheduled" && value === "False",
  )?.message;
  return [
    {
      name: metadata.name,
      labels: metadata.labels ?? {},
      isReady: conditions.some(({ type, status: value }) => type === "Ready" && value === "True"),
      ...(trouble && { trouble }),
      containers: [
        ...(status?.initContainerStatuses ?? []),
        ...(status?.containerStatuses ?? []),
      ].map(toContainer),
    },
  ];
}

function toContainer({ name, restartCount = 0, state, lastState }: ContainerStatus): Container {
  const end = lastState?.terminated;
  return {
    name,
    restarts: restartCount,
    ...(state?.waiting && { waiting: state.waiting.reason ?? "waiting" }),
    ...(end?.finishedAt && {
      lastEnd: { reason: end.reason ?? "unknown", at: new Date(end.finishedAt) },
    }),
  };
}

interface SecretItem extends Item {
  readonly data?: Readonly<Record<string, string>>;
}

const decoded = ({ data = {} }: SecretItem): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      Buffer.from(value, "base64").toString("utf8"),
    ]),
  );

interface ServiceItem extends Item {
  readonly spec?: { readonly type?: string; readonly ports?: readonly { readonly port: number }[] };
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
    };
  };
}

interface IstioGatewayItem extends Item {
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly servers?: readonly {
      readonly port?: { readonly number?: number };
      readonly tls?: { readonly mode?: string };
      readonly hosts?: readonly string[];
    }[];
  };
}

interface PolicyItem extends Item {
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly mtls?: { readonly mode?: string };
  };
}
