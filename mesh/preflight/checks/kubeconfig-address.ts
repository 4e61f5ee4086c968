import { isIP } from "node:net";
import { hostOf, isPrivate } from "../addresses";
import { configCheck, ok, placeOf, type PlacedVerdict, type Verdict, type View } from "../check";

export const kubeconfigAddress = configCheck({
  name: "kubeconfig-address",
  severity: "warning",
  what: "Whether the way to the API server that a kubeconfig describes is one that the peers' istiods can go too: no loopback or private address, no proxy, no borrowed TLS name, no skipped verification",
  why: "A peer's istiod gets the server's address and CA, and nothing else of the kubeconfig.",
  fix: "Set apiServer of the cluster in mesh:clusters to the address under which the peers reach it.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/#api-server-access",
  judge: (_mesh, views) =>
    views.flatMap((view) =>
      judgeAddress(view).map((verdict): PlacedVerdict => ({ ...verdict, ...placeOf(view) })),
    ),
});

type AddressedView = Pick<View, "access" | "cluster" | "key" | "kubeconfig"> & {
  readonly config: Pick<View["config"], "peers">;
};

export function judgeAddress({
  access,
  cluster,
  config,
  key,
  kubeconfig,
}: AddressedView): Verdict[] {
  const server = cluster.apiServer ?? kubeconfig.server;
  const host = hostOf(server);
  const { name } = kubeconfig;
  const verdicts: Verdict[] = [];
  if (access === "own" && config.peers.length > 0 && isLoopback(host)) {
    verdicts.push({
      severity: "warning",
      what: `${key} has the API server ${server}, which only this machine reaches.`,
    });
  }
  if (kubeconfig.cluster["insecure-skip-tls-verify"] === true) {
    verdicts.push({
      severity: "warning",
      what: `${key} doesn't verify the API server's certificate.`,
      why: "Whoever answers in its place gets the operator's credentials, and the mesh's keys.",
      fix: "Put certificate-authority-data into the kubeconfig instead of insecure-skip-tls-verify.",
    });
  }
  if (access === "managed") {
    if (isIP(host) !== 0 && isPrivate(host)) {
      verdicts.push({
        severity: "warning",
        what: `${server} is a private address: ${key} leads there only over a VPN or a peering of the networks.`,
        fix: `Join the networks, or set apiServer of ${cluster.id} in mesh:clusters to a public address.`,
      });
    }
    for (const [option, meaning] of NOT_PASSED_ON) {
      if (kubeconfig.cluster[option] !== undefined) {
        verdicts.push({
          severity: "warning",
          what: `${key} reaches ${server} ${meaning} (${option}), which istiod isn't told of.`,
        });
      }
    }
  }
  if (access === "own" && name.includes("_")) {
    verdicts.push({
      severity: "info",
      what: `${key} calls its cluster ${name}, a name that istioctl create-remote-secret refuses; in the mesh it is ${cluster.id}.`,
    });
  }
  return verdicts.length > 0 ? verdicts : [ok(`${server} can be passed on.`)];
}

/** What the kubeconfig in a remote secret doesn't have (config/kubeconfig.ts, remoteKubeconfig). */
const NOT_PASSED_ON = [
  ["proxy-url", "through a proxy"],
  ["tls-server-name", "under another TLS name"],
] as const;

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
