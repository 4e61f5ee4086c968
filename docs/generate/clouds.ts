import {
  CLOSED_PORTS,
  CLOUDS,
  MESH_FIREWALL,
  STANDARD_CILIUM,
  type Annotations,
  type CloudProfile,
  type FirewallRule,
  type StorageClassProfile,
} from "../../config/clouds";
import { table, type Sections } from "./sections";

/** The parts of docs/clouds.md that are the table of clouds. */
export function cloudsSections(clouds: Readonly<Record<string, CloudProfile>> = CLOUDS): Sections {
  const rows = Object.entries(clouds);
  return {
    clouds: table(
      [
        "`cloud`",
        "offering",
        "address",
        "default StorageClass",
        "metrics",
        "network plug-in",
        "size",
      ],
      rows.map(([name, cloud]) => [
        `[\`${name}\`](#${name})`,
        cloud.title,
        ADDRESS_KINDS[cloud.addressKind],
        storage(cloud.storageClass),
        METRICS[cloud.metricsServer],
        cloud.cni.name,
        cloud.footprint,
      ]),
    ),
    cilium: table(
      ["key", "value", "reason"],
      STANDARD_CILIUM.settings.map(({ key, value, reason }) => [code(key), code(value), reason]),
    ),
    firewall: firewall(MESH_FIREWALL),
    closed: table(
      ["TCP port", "why not"],
      CLOSED_PORTS.map(({ port, reason }) => [String(port), reason]),
    ),
    details: rows.map(([name, cloud]) => details(name, cloud)).join("\n\n"),
  };
}

const ADDRESS_KINDS: Readonly<Record<CloudProfile["addressKind"], string>> = {
  hostname: "host name",
  ip: "IP",
  any: "either",
};

const METRICS: Readonly<Record<CloudProfile["metricsServer"], string>> = {
  existing: "the cluster's",
  install: "we install metrics-server",
  none: "none: fixed replicas",
};

const code = (text: string): string => `\`${text}\``;
const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

function storage(storageClass: StorageClassProfile | undefined): string {
  return storageClass === undefined
    ? "the cluster's own affair"
    : `${code(storageClass.name)} (${storageClass.provisioner}, ${storageClass.volumeBindingMode}), ${storageClass.provided ? "the cloud's" : "**we create it**"}`;
}

const firewall = (rules: readonly FirewallRule[]): string =>
  table(
    ["direction", "TCP port", "from", "to", "reason"],
    rules.map(({ direction, ports, from, to, reason }) => [
      direction,
      ports.map(portText).join(", "),
      from,
      to,
      reason,
    ]),
  );

const portText = (port: FirewallRule["ports"][number]): string =>
  typeof port === "number" ? String(port) : `${port[0]}–${port[1]}`;

function annotations(gateway: string, pairs: Annotations): string {
  const lines = Object.entries(pairs).map(([key, value]) => `${code(`${key}: "${value}"`)}`);
  return `- ${gateway}: ${lines.length === 0 ? "none" : lines.join(", ")}`;
}

function details(name: string, cloud: CloudProfile): string {
  const { loadBalancer, cni, notes, sources } = cloud;
  return [
    `### ${name}`,
    cloud.title,
    "Load balancer annotations:",
    [
      annotations("ingress gateway", loadBalancer.ingress),
      annotations("east-west gateway", loadBalancer.eastWest),
    ].join("\n"),
    loadBalancer.reason,
    ...(cloud.firewall.length > 0
      ? ["Firewall, besides the table above:", firewall(cloud.firewall)]
      : []),
    ...(notes.length + cni.notes.length > 0 ? ["To know:", list([...cni.notes, ...notes])] : []),
    "Sources:",
    list(sources),
  ].join("\n\n");
}
