import { STANDARD_CILIUM, type CiliumSetting } from "../../../config/clouds";
import { clusterCheck, ok, type LiveView, type Verdict, type View } from "../check";
import type { Item } from "../cluster-api";
import { enumerate } from "../text";

const CALICO = "/apis/crd.projectcalico.org/v1/felixconfigurations/default";
const CILIUM = "/apis/cilium.io/v2";

export const cni = clusterCheck({
  name: "cni",
  severity: "error",
  what: "Whether the network plug-in leaves sidecars their traffic: Cilium's socket load balancing, its L7 proxy and its hold on the CNI folder; Calico's connect-time load balancing",
  why: "A plug-in that swaps a service's address for a pod's before the sidecar sees it takes the traffic out of the mesh.",
  fix: "Set mesh:ciliumSettings to apply, or the settings in the plug-in's own installation.",
  link: "https://docs.cilium.io/en/stable/network/servicemesh/istio/",
  gather: gatherCni,
  judge: judgeCni,
});

export interface CniFacts {
  /** Data of the ConfigMap of Cilium; nothing where there is none. */
  readonly cilium: Readonly<Record<string, string>> | undefined;
  /** Policies of Cilium that only its L7 proxy can enforce. */
  readonly l7Policies: readonly string[];
  /** Calico's eBPF data plane and its connect-time load balancing. */
  readonly calico: { readonly bpf: boolean; readonly connectTime: string } | undefined;
  /** Whether istio-cni is installed. */
  readonly istioCni: boolean;
}

interface FelixItem extends Item {
  readonly spec?: {
    readonly bpfEnabled?: boolean;
    readonly bpfConnectTimeLoadBalancing?: string;
    readonly bpfConnectTimeLoadBalancingEnabled?: boolean;
  };
}

async function gatherCni({ api, config, cluster }: LiveView): Promise<CniFacts> {
  const { namespace, configMap } = placeOfCilium(config.platform.cilium, cluster.cloud.cni);
  const [data, policies, felix, daemonSets] = await Promise.all([
    api.read<{ data?: Record<string, string> }>(
      `/api/v1/namespaces/${namespace}/configmaps/${configMap}`,
    ),
    Promise.all(
      ["ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"].map((plural) =>
        api.list<Item>(`${CILIUM}/${plural}`),
      ),
    ),
    api.read<FelixItem>(CALICO),
    api.metadata("/apis/apps/v1/daemonsets"),
  ]);
  const { spec = {} } = felix ?? {};
  return {
    cilium: data && (data.data ?? {}),
    l7Policies: policies
      .flat()
      .filter((policy) => needsProxy(policy))
      .map(({ metadata }) => [metadata.namespace, metadata.name].filter(Boolean).join("/")),
    calico: felix && {
      bpf: spec.bpfEnabled === true,
      connectTime:
        spec.bpfConnectTimeLoadBalancing ??
        (spec.bpfConnectTimeLoadBalancingEnabled === false ? "Disabled" : "TCP"),
    },
    istioCni: daemonSets.some(({ metadata }) => metadata.name === "istio-cni-node"),
  };
}

const placeOfCilium = (
  applied: View["config"]["platform"]["cilium"],
  { cilium }: View["cluster"]["cloud"]["cni"],
) => applied ?? cilium ?? STANDARD_CILIUM;

/** HTTP, Kafka and DNS rules, and names in place of addresses, wherever they stand in a policy. */
const needsProxy = (policy: Item): boolean =>
  /"(?:http|kafka|dns|toFQDNs|l7)":/.test(
    JSON.stringify((policy as { spec?: unknown }).spec ?? {}),
  );

type CniView = {
  readonly config: {
    readonly platform: Pick<View["config"]["platform"], "cilium">;
    readonly istioCni: View["config"]["istioCni"];
  };
};

export function judgeCni(facts: CniFacts, { config }: CniView): Verdict[] {
  const applied = config.platform.cilium;
  const verdicts = [
    ...(applied
      ? toBeSet(facts, applied.settings, applied)
      : asItIs({ ...facts, istioCni: facts.istioCni || config.istioCni === "install" })),
    ...calico(facts),
    ...(config.istioCni === "existing" && !facts.istioCni ? [NO_ISTIO_CNI] : []),
  ];
  return verdicts.some(({ severity }) => severity !== "info")
    ? verdicts
    : [...verdicts, ok(describe(facts))];
}

const NO_ISTIO_CNI: Verdict = {
  severity: "error",
  what: "mesh:istioCni is existing, and there is no DaemonSet istio-cni-node.",
  why: "Every pod with a sidecar waits for it in istio-validation, for ever.",
  fix: "Set mesh:istioCni to install, or to none.",
  link: "https://istio.io/latest/docs/setup/additional-setup/cni/",
};

const differing = (
  data: Readonly<Record<string, string>>,
  settings: readonly CiliumSetting[],
): readonly CiliumSetting[] => settings.filter(({ key, value }) => data[key] !== value);

function toBeSet(
  { cilium, l7Policies }: CniFacts,
  settings: readonly CiliumSetting[],
  place: { readonly namespace: string; readonly configMap: string },
): Verdict[] {
  if (cilium === undefined) {
    return [
      {
        severity: "error",
        what: `The stack sets up Cilium, and there is no ConfigMap ${place.namespace}/${place.configMap}.`,
        why: "The stack reads it before it changes anything, and stops there.",
        fix: "Set mesh:ciliumSettings to leave.",
      },
    ];
  }
  const changes = differing(cilium, settings);
  return [
    ...(changes.length > 0
      ? [
          {
            severity: "info" as const,
            what: `up sets ${enumerate(changes.map(({ key, value }) => `${key}=${value}`))} in Cilium, and restarts its agents node by node.`,
          },
        ]
      : []),
    ...(settings.some(({ key }) => key === "enable-l7-proxy") ? proxied(l7Policies) : []),
  ];
}

/** Where nobody sets it up, only what does harm here and now counts. */
function asItIs({ cilium, l7Policies, istioCni }: CniFacts): Verdict[] {
  if (cilium === undefined) {
    return [];
  }
  const harmful = differing(cilium, STANDARD_CILIUM.settings).filter(
    ({ key }) =>
      ({
        "bpf-lb-sock-hostns-only": /^(true|strict)$/.test(cilium["kube-proxy-replacement"] ?? ""),
        "cni-exclusive": istioCni,
        "enable-l7-proxy": l7Policies.length > 0,
      })[key] ?? false,
  );
  return harmful.map(({ key, value, reason }) => ({
    severity: "warning",
    what: `Cilium has ${key}=${cilium[key] ?? "(unset)"}, where Istio needs ${value}.`,
    why: `${reason[0]?.toUpperCase()}${reason.slice(1)}.`,
  }));
}

const proxied = (policies: readonly string[]): Verdict[] =>
  policies.length > 0
    ? [
        {
          severity: "warning",
          what: `${enumerate(policies)} need Cilium's L7 proxy, which the stack turns off.`,
          why: "These policies end with it.",
          fix: "Replace them by AuthorizationPolicies, or set mesh:ciliumSettings to leave.",
          link: "https://istio.io/latest/docs/concepts/security/#authorization-policies",
        },
      ]
    : [];

const calico = ({ calico: felix }: CniFacts): Verdict[] =>
  felix?.bpf === true && felix.connectTime !== "Disabled"
    ? [
        {
          severity: "warning",
          what: `Calico runs its eBPF data plane with bpfConnectTimeLoadBalancing ${felix.connectTime}.`,
          fix: "In FelixConfiguration default, set bpfConnectTimeLoadBalancing to Disabled and bpfHostNetworkedNATWithoutCTLB to Enabled.",
          link: "https://docs.tigera.io/calico/latest/reference/resources/felixconfig",
        },
      ]
    : [];

const describe = ({ cilium, calico: felix }: CniFacts): string =>
  cilium !== undefined
    ? "Cilium leaves sidecars their traffic."
    : felix !== undefined
      ? "Calico leaves sidecars their traffic."
      : "Neither Cilium nor Calico is here to interfere.";
