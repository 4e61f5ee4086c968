import { count } from "../preflight/text";
import type { Counts, Health, Link, Topology } from "./model";

/** A health in words, for those who don't see its colour. */
export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  ok: "in order",
  warning: "to look after",
  error: "broken",
  unknown: "not known",
};

/** `2 clusters, 1 of 2 directions in order, 1 service` */
export function summaryOf({ clusters, links, services }: Topology): string {
  const good = links.filter(({ health }) => health === "ok").length;
  return [
    count(clusters.length, "cluster"),
    ...(links.length > 0 ? [`${good} of ${count(links.length, "direction")} in order`] : []),
    count(services.length, "service"),
  ].join(", ");
}

/** `ncloud to nhn is in order: 106 requests` */
export const linkSentence = (link: Link): string =>
  `${link.from} to ${link.to} is ${HEALTH_WORDS[link.health]}: ${linkCounts(link)}`;

export const linkCounts = (link: Link): string =>
  link.isCounted ? countsText(link) : "requests not counted";

/** `106 requests, 3 failed` */
export const countsText = ({ requests, failed }: Counts): string =>
  [
    requests === 1 ? "1 request" : `${grouped(requests)} requests`,
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
  ].join(", ");

/** `1 234 567`, with narrow spaces that don't break. */
export const grouped = (number: number): string =>
  String(number).replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");

/** `echo.echo:8080` of `echo.echo.svc.cluster.local` */
export const serviceName = ({ host, port }: { host: string; port: number }): string =>
  `${host.replace(/\.svc\..+$/, "")}:${port}`;

/** Shares in whole percent that add up to 100 (largest remainders), by cluster. */
export function percents(shares: Readonly<Record<string, number>>): Record<string, number> {
  const exact = Object.entries(shares).map(([id, share]) => ({ id, exact: share * 100 }));
  const lacking = Math.round(
    exact.reduce((sum, one) => sum + one.exact, 0) -
      exact.reduce((sum, one) => sum + Math.floor(one.exact), 0),
  );
  const rounded = exact
    .toSorted((one, other) => (other.exact % 1) - (one.exact % 1))
    .map((one, index) => [one.id, Math.floor(one.exact) + (index < lacking ? 1 : 0)] as const);
  const byId = Object.fromEntries(rounded);
  return Object.fromEntries(exact.map(({ id }) => [id, byId[id] ?? 0]));
}

/** `ncloud 51 %, nhn 49 %`; empty where nothing was asked. */
export const sharesText = (shares: Readonly<Record<string, number>>): string =>
  Object.entries(percents(shares))
    .map(([id, percent]) => `${id} ${percent} %`)
    .join(", ");
