import { MESH_FIREWALL, type FirewallRule } from "./firewall";
import { generic } from "./generic";
import { gke } from "./gke";
import { lab } from "./lab";
import { minikube } from "./minikube";
import { ncloud } from "./ncloud";
import { nhn } from "./nhn";
import type { CloudProfile } from "./profile";

export type * from "./profile";
export { STANDARD_CILIUM } from "./cilium";
export { CLOSED_PORTS, MESH_FIREWALL, type ClosedPort, type FirewallRule } from "./firewall";

/** Every offering that `mesh:clusters[].cloud` can name. */
export const CLOUDS = {
  ncloud,
  nhn,
  gke,
  minikube,
  generic,
  lab,
} as const satisfies Record<string, CloudProfile>;

export type CloudName = keyof typeof CLOUDS;

export const CLOUD_NAMES = Object.keys(CLOUDS) as CloudName[];

export const cloudProfile = (name: CloudName): CloudProfile => CLOUDS[name];

/** What the firewall around a cluster of this cloud has to let through. */
export const firewallRules = ({ firewall }: CloudProfile): readonly FirewallRule[] => [
  ...MESH_FIREWALL,
  ...firewall,
];
