import { linkCounts, percents, serviceName } from "../describe";
import type { ClusterNode, Health, ServiceNode, Topology } from "../model";

const STROKES: Readonly<Record<Health, string>> = {
  ok: "stroke:#1a7f37,stroke-width:2px",
  warning: "stroke:#9a6700,stroke-width:2px,stroke-dasharray:8 4",
  error: "stroke:#cf222e,stroke-width:3px,stroke-dasharray:4 4",
  unknown: "stroke:#818b98,stroke-width:1px,stroke-dasharray:2 4",
};
const MARKS: Readonly<Record<Health, string>> = { ok: "✔", warning: "!", error: "✖", unknown: "–" };

/** The picture as a Mermaid flowchart, for places that draw it themselves, e.g. a Markdown file. */
export function mermaid({ mesh, takenAt, clusters, links, services, missing }: Topology): string {
  const idOf = (id: string): string => `c${clusters.findIndex((one) => one.id === id)}`;
  const lines = [
    "flowchart LR",
    `  %% mesh ${plain(mesh)}, ${takenAt}`,
    ...missing.map((sentence) => `  %% ${plain(sentence)}`),
    ...clusters.flatMap((cluster) => [
      `  subgraph ${idOf(cluster.id)}["${label([`${MARKS[cluster.health]} ${cluster.id}`, cluster.cloud])}"]`,
      `    ${idOf(cluster.id)}g(["${label(gatewayLines(cluster))}"])`,
      ...services.flatMap((service, index) =>
        service.clusters.includes(cluster.id)
          ? [
              `    ${idOf(cluster.id)}s${index}["${label([
                serviceName(service),
                shareOf(service, cluster.id),
              ])}"]`,
            ]
          : [],
      ),
      "  end",
    ]),
    ...links.map(
      (link) =>
        `  ${idOf(link.from)} -- "${label([`${MARKS[link.health]} ${linkCounts(link)}`])}" --> ${idOf(link.to)}g`,
    ),
    ...links.map(({ health }, index) => `  linkStyle ${index} ${STROKES[health]}`),
  ];
  return `${lines.join("\n")}\n`;
}

const gatewayLines = ({ gateway, kubernetes }: ClusterNode): string[] => [
  "east-west gateway",
  ...(gateway.addresses.length > 0
    ? gateway.addresses.map((address) => `${address}:${gateway.port}`)
    : [kubernetes === undefined ? "address not known" : "no address"]),
];

/** `answers 51 %`; empty where nothing was asked. */
const shareOf = ({ shares }: ServiceNode, id: string): string => {
  const percent = percents(shares)[id];
  return percent === undefined ? "" : `answers ${percent} %`;
};

/** Text between double quotes: Mermaid takes entities by name or number, written with `#`. */
const label = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) =>
      plain(part).replaceAll(/["#<>&\\`[\]{}|;]/g, (sign) => `#${sign.codePointAt(0)};`),
    )
    .join("<br/>");

/** One line. */
const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
