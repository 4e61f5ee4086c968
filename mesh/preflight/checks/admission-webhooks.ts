import { NETWORK_LABEL, SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { clusterCheck, ok, type LiveView, type Verdict, type View } from "../check";
import { MUTATING, selects, VALIDATING, type Webhook, type WebhookConfiguration } from "../objects";
import { OWN_RIGHTS } from "../rights";
import { enumerate } from "../text";

/** Engines whose policies may refuse what we create, by the names of their webhooks. */
const POLICY_ENGINES: readonly (readonly [name: RegExp, engine: string])[] = [
  [/kyverno/, "Kyverno"],
  [/gatekeeper/, "OPA Gatekeeper"],
  [/kubewarden/, "Kubewarden"],
  [/jspolicy/, "jsPolicy"],
];

export const admissionWebhooks = clusterCheck({
  name: "admission-webhooks",
  severity: "error",
  what: "Whether the services behind the webhooks that must agree to what a stack creates have endpoints, and which policy engines there are",
  why: "A webhook with failurePolicy Fail and nobody behind it refuses everything: the first object of ours ends the run.",
  fix: "Mend the webhook's service, or delete its configuration if what served it is gone.",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy",
  gather: gatherWebhooks,
  judge: judgeWebhooks,
});

export interface GuardingWebhook {
  /** Of its configuration. */
  readonly configuration: string;
  readonly webhook: Webhook;
  /** Whether its service has a ready endpoint; true for a webhook by URL. */
  readonly served: boolean;
}

async function gatherWebhooks({ api }: LiveView): Promise<readonly GuardingWebhook[]> {
  const configurations = await Promise.all(
    [MUTATING, VALIDATING].map((path) => api.list<WebhookConfiguration>(path)),
  );
  return Promise.all(
    configurations.flat().flatMap(({ metadata, webhooks = [] }) =>
      webhooks.map(async (webhook) => ({
        configuration: metadata.name,
        webhook,
        served: await isServed(api, webhook),
      })),
    ),
  );
}

interface Slice {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
}

async function isServed(api: LiveView["api"], { clientConfig }: Webhook): Promise<boolean> {
  const service = clientConfig?.service;
  if (service === undefined) {
    return true;
  }
  const selector = encodeURIComponent(`kubernetes.io/service-name=${service.name}`);
  const slices = await api.list<Slice>(
    `/apis/discovery.k8s.io/v1/namespaces/${service.namespace}/endpointslices?labelSelector=${selector}`,
  );
  return slices.some(({ endpoints }) =>
    (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false),
  );
}

export function judgeWebhooks(
  webhooks: readonly GuardingWebhook[],
  { cluster }: { readonly cluster: Pick<View["cluster"], "network"> },
): Verdict[] {
  const labels = {
    "kubernetes.io/metadata.name": SYSTEM_NAMESPACE,
    [NETWORK_LABEL]: cluster.network,
  };
  const dead = webhooks.filter(
    ({ webhook, served }) => !served && mustAgree(webhook) && guards(webhook, labels),
  );
  const engines = POLICY_ENGINES.filter(([pattern]) =>
    webhooks.some(({ configuration }) => pattern.test(configuration)),
  ).map(([, engine]) => engine);
  const verdicts: Verdict[] = [
    ...dead.map(({ configuration, webhook }): Verdict => {
      const service = webhook.clientConfig?.service;
      return {
        severity: "error",
        what: `Webhook ${webhook.name} (${configuration}) must agree to what the stack creates, and its service ${service?.namespace}/${service?.name} has no ready endpoint.`,
      };
    }),
    ...(engines.length > 0
      ? [
          {
            severity: "info" as const,
            what: `${enumerate(engines)} judges what is created here: its policies may refuse the gateways' Services or the sidecars' NET_ADMIN.`,
          },
        ]
      : []),
  ];
  return dead.length > 0
    ? verdicts
    : [...verdicts, ok("Every webhook that must agree has somebody to answer.")];
}

const mustAgree = ({ failurePolicy = "Fail" }: Webhook): boolean => failurePolicy === "Fail";

/** Istio's own are among those that a run mends. */
const isIstiods = ({ clientConfig }: Webhook): boolean =>
  clientConfig?.service?.namespace === SYSTEM_NAMESPACE &&
  clientConfig.service.name.startsWith("istiod");

function guards(webhook: Webhook, namespaceLabels: Readonly<Record<string, string>>): boolean {
  const { namespaceSelector = {}, objectSelector = {}, rules = [] } = webhook;
  const isUnlabelled =
    Object.keys(objectSelector.matchLabels ?? {}).length === 0 &&
    (objectSelector.matchExpressions ?? []).every(({ operator }) =>
      ["NotIn", "DoesNotExist"].includes(operator),
    );
  return (
    !isIstiods(webhook) &&
    isUnlabelled &&
    selects(namespaceSelector, namespaceLabels) &&
    rules.some(
      ({ apiGroups = [], resources = [], operations = [] }) =>
        operations.some((operation) => ["*", "CREATE", "UPDATE"].includes(operation)) &&
        OWN_RIGHTS.filter(({ resource }) => resource !== "events").some(
          ({ group, resource }) =>
            names(apiGroups, group) && (names(resources, resource) || resources.includes("*/*")),
        ),
    )
  );
}

const names = (list: readonly string[], name: string): boolean =>
  list.includes("*") || list.includes(name);
