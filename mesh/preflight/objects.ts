import type { Item } from "./cluster-api";

/** Paths that several checks read, and the parts of what is there that they look at. */

export const NODES = "/api/v1/nodes";
export const NAMESPACES = "/api/v1/namespaces";
export const SERVICES = "/api/v1/services";
export const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
export const API_SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
export const MUTATING = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
export const VALIDATING = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
/** Every istiod that calls itself one, wherever it is. */
export const ISTIODS = "/apis/apps/v1/deployments?labelSelector=app%3Distiod";

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

export interface NodeItem extends Item {
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly providerID?: string;
    readonly podCIDRs?: readonly string[];
    readonly taints?: readonly { readonly key: string; readonly effect: string }[];
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
    readonly nodeInfo?: {
      readonly architecture?: string;
      readonly operatingSystem?: string;
      readonly kubeletVersion?: string;
    };
  };
}

export const isReady = ({ status }: NodeItem): boolean =>
  (status?.conditions ?? []).some((one) => one.type === "Ready" && one.status === "True");

/** Whether pods without tolerations may be put on a node. */
export const isSchedulable = ({ spec }: NodeItem): boolean =>
  spec?.unschedulable !== true &&
  !(spec?.taints ?? []).some(({ effect }) => effect === "NoSchedule" || effect === "NoExecute");

export interface ServiceItem extends Item {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly loadBalancerClass?: string;
    readonly ports?: readonly { readonly port: number }[];
  };
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[];
    };
  };
}

export interface ApiServiceItem extends Item {
  readonly spec?: { readonly service?: { readonly namespace: string; readonly name: string } };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export const availability = ({ status }: ApiServiceItem): Condition | undefined =>
  status?.conditions?.find(({ type }) => type === "Available");

export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Whether a label selector takes in these labels (k8s.io/apimachinery, LabelSelector). */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}

export interface WebhookConfiguration extends Item {
  readonly webhooks?: readonly Webhook[];
}

export interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly clientConfig?: {
    readonly url?: string;
    readonly service?: { readonly namespace: string; readonly name: string };
  };
  readonly namespaceSelector?: Selector;
  readonly objectSelector?: Selector;
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly operations?: readonly string[];
  }[];
}
