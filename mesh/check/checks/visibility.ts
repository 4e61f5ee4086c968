import { finding } from "../../preflight/check";
import type { Check, CheckInfo } from "../check";
import { Unseen, type FactName, type Sight } from "../facts";

/** What each fact is to whoever reads that it couldn't be looked at, and how it is looked at. */
const FACTS: Readonly<Record<FactName, string>> = {
  apiServer: "the API server's version",
  systemNamespace: "namespace istio-system",
  istiods: "Deployments in istio-system",
  gateways: "Deployments in istio-system",
  pods: "pods in istio-system",
  cacerts: "Secret cacerts",
  remoteSecrets: "remote secrets",
  eastWest: "Service of the east-west gateway",
  openings: "Gateways in istio-system",
  mtlsPolicies: "PeerAuthentications",
  rootConfigMaps: "ConfigMaps istio-ca-root-cert",
  watched: "istiod's debug/clusterz (by port-forward)",
  networkGateways: "istiod's debug/networkz (by port-forward)",
  proxies: "istiod's debug/syncz (by port-forward)",
  servingChain: "istiod's certificate (by port-forward)",
  exposed: "the east-west gateway's Envoy (by port-forward)",
  gatewayAnswer: "the east-west gateway's answer (by port-forward)",
  upstreams: "the ingress gateway's Envoy (by port-forward)",
  access: "the remote secrets' credentials",
  reach: "the peers' gateways, from a gateway's pod (by exec)",
  fromHere: "the peers' gateways, from this machine",
  publicHosts: "certificates and orders of public hosts in istio-system",
  echoPods: "pods in echo",
  metrics: "Prometheus (by port-forward)",
  echo: "the echo service's answers (by exec)",
};

const INFO: CheckInfo = {
  name: "visibility",
  severity: "error",
  what: "Whether everything could be looked at",
  why: "What can't be looked at is not known to be in order.",
  fix: "Give the kubeconfig's user the right to it: reading istio-system with its Secrets, pods/portforward and pods/exec there and in echo.",
  link: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
};

/** What no other check has the words for. */
export const visibility: Check = {
  ...INFO,
  column: "API server",
  run: (sights) =>
    sights.flatMap(({ cluster, facts }) => {
      const unsaid = byReason(facts);
      return [...unsaid].map(([reason, names]) =>
        finding(INFO, {
          severity: "error",
          cluster: cluster.id,
          what: `Could not be looked at: ${names.join(", ")}: ${reason}.`,
        }),
      );
    }),
};

/** One sentence per reason, whatever it kept from being seen. */
function byReason(facts: Sight["facts"]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, fact] of Object.entries(facts)) {
    if (fact instanceof Unseen && fact.saidBy === undefined) {
      const names = found.get(fact.message) ?? [];
      const what = FACTS[name as FactName];
      found.set(fact.message, names.includes(what) ? names : [...names, what]);
    }
  }
  return found;
}
