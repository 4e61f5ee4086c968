import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { clusterCheck, ok, type LiveView, type Verdict } from "../check";
import type { Item } from "../cluster-api";
import { enumerate } from "../text";

const POLICIES = "/apis/security.istio.io/v1/peerauthentications";
const RULES = "/apis/networking.istio.io/v1/destinationrules";

export const mtlsExceptions = clusterCheck({
  name: "mtls-exceptions",
  severity: "warning",
  what: "Which PeerAuthentications and DestinationRules turn mTLS off, and whether there is a second mesh-wide policy",
  why: "Endpoints without the mesh's mTLS are left out of what other networks see: the service exists there, and never answers.",
  fix: "Take the exception back, or keep such services to their own cluster.",
  link: "https://istio.io/latest/docs/ops/deployment/deployment-models/#multiple-networks",
  gather: gatherExceptions,
  judge: judgeExceptions,
});

interface PolicyItem extends Item {
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly mtls?: { readonly mode?: string };
  };
}

interface RuleItem extends Item {
  readonly spec?: {
    readonly host?: string;
    readonly trafficPolicy?: { readonly tls?: { readonly mode?: string } };
  };
}

export interface ExceptionFacts {
  readonly policies: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly mode: string | undefined;
    readonly hasSelector: boolean;
  }[];
  readonly rules: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly host: string;
    readonly mode: string | undefined;
  }[];
}

async function gatherExceptions({ api }: LiveView): Promise<ExceptionFacts> {
  const [policies, rules] = await Promise.all([
    api.list<PolicyItem>(POLICIES),
    api.list<RuleItem>(RULES),
  ]);
  return {
    policies: policies.map(({ metadata, spec }) => ({
      namespace: metadata.namespace ?? "",
      name: metadata.name,
      mode: spec?.mtls?.mode,
      hasSelector: spec?.selector?.matchLabels !== undefined,
    })),
    rules: rules.map(({ metadata, spec }) => ({
      namespace: metadata.namespace ?? "",
      name: metadata.name,
      host: spec?.host ?? "",
      mode: spec?.trafficPolicy?.tls?.mode,
    })),
  };
}

export function judgeExceptions({ policies, rules }: ExceptionFacts): Verdict[] {
  const off = [
    ...policies
      .filter(({ mode }) => mode === "DISABLE")
      .map(({ namespace, name }) => `PeerAuthentication ${namespace}/${name}`),
    ...rules
      .filter(({ mode, host }) => mode === "DISABLE" && isInMesh(host))
      .map(({ namespace, name }) => `DestinationRule ${namespace}/${name}`),
  ];
  const meshWide = policies.filter(
    ({ namespace, name, hasSelector }) =>
      namespace === SYSTEM_NAMESPACE && !hasSelector && name !== "default",
  );
  const verdicts: Verdict[] = [
    ...(off.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `${enumerate(off)} turn${off.length === 1 ? "s" : ""} mTLS off.`,
          },
        ]
      : []),
    ...(meshWide.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `PeerAuthentication ${enumerate(meshWide.map(({ name }) => name))} in ${SYSTEM_NAMESPACE} is mesh-wide, as ours is.`,
            why: "Of several mesh-wide policies Istio takes the oldest: mesh:mtls may have no effect.",
            fix: "Delete it; mesh:mtls sets the mode.",
            link: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
          },
        ]
      : []),
  ];
  return verdicts.length > 0 ? verdicts : [ok("Nothing turns mTLS off.")];
}

/** A Service by its full or its short name; other hosts may be outside the mesh. */
const isInMesh = (host: string): boolean => !host.includes(".") || /\.(svc|local)$/.test(host);
