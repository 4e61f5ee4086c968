import type { EndpointCounts } from "../../mesh/topology/counts";
import type { MeshCounts } from "../../mesh/topology/proxies";
import type { Health, Link, Topology } from "../../mesh/topology/model";
import { sharesOf } from "../../mesh/topology/topology";
import type { NetworkGateway } from "../../mesh/check/facts";

export const ECHO = { host: "echo.echo.svc.cluster.local", port: 8080 };

/** Counts of one proxy per cluster: each has sent `requests` to the echo of every cluster. */
export function evenCounts(
  ids: readonly string[],
  gateways: readonly NetworkGateway[],
  requests = 100,
): MeshCounts {
  const endpoint = (from: string, to: string): string => {
    const gateway = gateways.find(({ cluster }) => cluster === to);
    return from === to || gateway === undefined
      ? "10.0.0.9:8080"
      : `${gateway.address}:${gateway.port}`;
  };
  return Object.fromEntries(
    ids.map((from) => [
      from,
      {
        running: 1,
        silent: [],
        proxies: [
          {
            proxy: `echo/echo-${from}`,
            endpoints: ids.map((to): EndpointCounts => ({
              ...ECHO,
              subset: "",
              endpoint: endpoint(from, to),
              requests,
              failed: 0,
              connections: 2,
            })),
          },
        ],
      },
    ]),
  );
}

/** A picture of a mesh whose clusters call each other's echo, one direction as ill as asked for. */
export function sampleTopology(ids: readonly string[], firstLink: Health = "ok"): Topology {
  const links = ids.flatMap((from) =>
    ids
      .filter((to) => to !== from)
      .map((to): Link => ({
        from,
        to,
        isCounted: true,
        health: "ok",
        trouble: [],
        requests: 100,
        failed: 0,
        connections: 2,
      })),
  );
  const calls = ids.flatMap((from) => ids.map((to) => ({ from, to, requests: 100, failed: 0 })));
  return {
    mesh: "mesh1",
    takenAt: "2026-01-02T03:04:05.000Z",
    clusters: ids.map((id, index) => ({
      id,
      network: id,
      cloud: "A cloud, and its Kubernetes Service",
      health: "ok",
      trouble: [],
      kubernetes: "v1.33.4",
      istio: "1.31.1",
      gateway: { addresses: [`198.51.100.${index + 1}`], port: 15443 },
      proxies: { asked: 3, running: 3 },
    })),
    links: links.map((link, index) =>
      index === 0
        ? {
            ...link,
            health: firstLink,
            trouble: firstLink === "ok" ? [] : ["198.51.100.2 doesn't answer: i/o timeout."],
          }
        : link,
    ),
    services:
      ids.length === 0
        ? []
        : [
            {
              ...ECHO,
              requests: 100 * calls.length,
              failed: 0,
              clusters: ids,
              calls,
              shares: sharesOf(calls, ids),
            },
            {
              host: "shop.shop.svc.cluster.local",
              port: 80,
              requests: 0,
              failed: 0,
              clusters: ids.slice(0, 1),
              calls: [],
              shares: {},
            },
          ],
    missing: [],
  };
}
