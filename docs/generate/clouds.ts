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
import { english, type Translate } from "./language";
import { code } from "./schema-rows";
import { table, type Sections } from "./sections";

/** The parts of docs/clouds.md that are the table of clouds. */
export function cloudsSections(
  t: Translate = english,
  clouds: Readonly<Record<string, CloudProfile>> = CLOUDS,
): Sections {
  const rows = Object.entries(clouds);
  return {
    clouds: table(
      [
        "`cloud`",
        ...[
          "offering",
          "address",
          "default StorageClass",
          "metrics",
          "network plug-in",
          "size",
        ].map(t),
      ],
      rows.map(([name, cloud]) => [
        `[\`${name}\`](#${name})`,
        t(cloud.title),
        t(ADDRESS_KINDS[cloud.addressKind]),
        storage(cloud.storageClass, t),
        t(METRICS[cloud.metricsServer]),
        t(cloud.cni.name),
        t(cloud.footprint),
      ]),
    ),
    cilium: table(
      ["key", "value", "reason"].map(t),
      STANDARD_CILIUM.settings.map(({ key, value, reason }) => [code(key), code(value), t(reason)]),
    ),
    firewall: firewall(MESH_FIREWALL, t),
    closed: table(
      ["TCP port", "why not"].map(t),
      CLOSED_PORTS.map(({ port, reason }) => [String(port), t(reason)]),
    ),
    details: rows.map(([name, cloud]) => details(name, cloud, t)).join("\n\n"),
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

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

function storage(storageClass: StorageClassProfile | undefined, t: Translate): string {
  return storageClass === undefined
    ? t("the cluster's own affair")
    : `${code(storageClass.name)} (${storageClass.provisioner}, ${storageClass.volumeBindingMode}), ${t(storageClass.provided ? "the cloud's" : "**we create it**")}`;
}

const firewall = (rules: readonly FirewallRule[], t: Translate): string =>
  table(
    ["direction", "TCP port", "from", "to", "reason"].map(t),
    rules.map(({ direction, ports, from, to, reason }) => [
      t(direction),
      ports.map(portText).join(", "),
      t(from),
      t(to),
      t(reason),
    ]),
  );

const portText = (port: FirewallRule["ports"][number]): string =>
  typeof port === "number" ? String(port) : `${port[0]}–${port[1]}`;

function annotations(gateway: string, pairs: Annotations, t: Translate): string {
  const lines = Object.entries(pairs).map(([key, value]) => `${code(`${key}: "${value}"`)}`);
  return `- ${t(gateway)}: ${lines.length === 0 ? t("none") : lines.join(", ")}`;
}

function details(name: string, cloud: CloudProfile, t: Translate): string {
  const { loadBalancer, cni, notes, sources } = cloud;
  return [
    `### ${name}`,
    t(cloud.title),
    t("Load balancer annotations:"),
    [
      annotations("ingress gateway", loadBalancer.ingress, t),
      annotations("east-west gateway", loadBalancer.eastWest, t),
    ].join("\n"),
    t(loadBalancer.reason),
    ...(cloud.firewall.length > 0
      ? [t("Firewall, besides the table above:"), firewall(cloud.firewall, t)]
      : []),
    ...(cni.istioCni === undefined
      ? []
      : [
          `istio-cni: ${t("profile {} of Istio's charts").replace("{}", code(cni.istioCni.platform))}: ${t(cni.istioCni.reason)}.`,
        ]),
    ...(notes.length + cni.notes.length > 0
      ? [t("To know:"), list([...cni.notes, ...notes].map(t))]
      : []),
    t("Sources:"),
    list(sources),
  ].join("\n\n");
}
