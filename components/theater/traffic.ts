import type * as pulumi from "@pulumi/pulumi";
import { RULES } from "../../apps/theater/src/routing/rules";
import type { TheaterRoute } from "../../config/model";
import { NETWORKING_API } from "../https/constants";
import { SYSTEM_NAMESPACE } from "../istio/constants";
import { hostOf, THEATER, THEATER_PORTS } from "./constants";

interface Metadata {
  readonly name: string;
  readonly namespace: string;
}

/** A connection that isn't there by then won't be: clouds are milliseconds apart. */
const CONNECT_TIMEOUT = "1s";
const TIMEOUT = "10s";

/**
 * What can't have reached a service, for whatever request. Envoy's retry conditions
 * (config_http_filters_router: x-envoy-retry-on).
 */
const UNSENT = "connect-failure,refused-stream,reset-before-request";

/**
 * The first retry stays with the cluster, the third one goes elsewhere: `retryRemoteLocalities` is
 * Envoy's previous_priorities with an update after two attempts (istio pilot/…/route/retry).
 */
const RETRIES = { attempts: 4, retryRemoteLocalities: true };

/** Reads do no harm twice: also what got no answer in time, or none at all. */
const READ_RETRIES = {
  ...RETRIES,
  perTryTimeout: "2s",
  retryOn: `${UNSENT},reset,gateway-error`,
};
const WRITE_RETRIES = { ...RETRIES, retryOn: UNSENT };

/** A cluster that fails is left alone, all of it if need be: another one is there. */
const OUTLIER_DETECTION = {
  consecutive5xxErrors: 5,
  consecutiveGatewayErrors: 3,
  interval: "2s",
  baseEjectionTime: "15s",
  maxEjectionPercent: 100,
};

const CONNECTION_POOL = {
  tcp: { maxConnections: 1000, connectTimeout: CONNECT_TIMEOUT },
  http: { http1MaxPendingRequests: 1000, http2MaxRequests: 1000 },
};

/**
 * A subset per cluster: its pods first, those of the others once none of them can answer.
 *
 * The pods aren't picked by labels, since a subset without pods refuses every request. The label that
 * orders them is istiod's own, which also the gateways have that stand for another network's pods.
 *
 * @param service e.g. `user-service`
 * @param clusters IDs of the clusters that run it
 */
export const destinationRule = (service: string, clusters: readonly string[]) => ({
  apiVersion: NETWORKING_API,
  kind: "DestinationRule",
  metadata: metadata(service),
  spec: {
    host: hostOf(service),
    trafficPolicy: {
      connectionPool: CONNECTION_POOL,
      outlierDetection: OUTLIER_DETECTION,
      loadBalancer: preferring("topology.istio.io/cluster"),
    },
    subsets: clusters.map((cluster) => ({
      name: cluster,
      trafficPolicy: { loadBalancer: preferring(`topology.istio.io/cluster=${cluster}`) },
    })),
  },
});

const preferring = (label: string) => ({
  simple: "ROUND_ROBIN",
  localityLbSetting: { enabled: true, failoverPriority: [label] },
});

/** How requests inside the mesh are divided: those marked go to the canary, the others by weight. */
export const virtualService = ({ service, weights, canary }: TheaterRoute) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  // `mesh traffic` changes the weights at once; what the stack says next holds again.
  metadata: { ...metadata(service), annotations: { "pulumi.com/patchForce": "true" } },
  spec: {
    hosts: [hostOf(service)],
    http: [
      ...(canary === undefined
        ? []
        : [
            rule(service, RULES.canaryReads, [{ cluster: canary, weight: 100 }], {
              marked: true,
              reads: true,
            }),
            rule(service, RULES.canary, [{ cluster: canary, weight: 100 }], { marked: true }),
          ]),
      rule(service, RULES.reads, weights, { reads: true }),
      rule(service, RULES.all, weights, {}),
    ],
  },
});

function rule(
  service: string,
  name: string,
  weights: TheaterRoute["weights"],
  { marked = false, reads = false },
) {
  const headers = marked ? { headers: { [THEATER.canaryHeader]: { exact: "true" } } } : {};
  const match = reads
    ? [{ ...headers, method: { regex: "GET|HEAD" } }]
    : marked
      ? [headers]
      : undefined;
  return {
    name,
    ...(match !== undefined && { match }),
    route: weights.map(({ cluster, weight }) => ({
      destination: { host: hostOf(service), subset: cluster },
      weight,
    })),
    timeout: TIMEOUT,
    retries: reads ? READ_RETRIES : WRITE_RETRIES,
  };
}

const metadata = (name: string): Metadata => ({ name, namespace: THEATER.namespace });

/** Longer than the gateway waits for a service behind it, whose answer says more. */
const PUBLIC_TIMEOUT = "20s";

/** Events of the page's own stream, which goes on until the visitor leaves. */
const EVENTS = "/api/events";

/** The way from outside to the gateway with the page. */
export const publicRoute = (host: string, gateway: pulumi.Input<string>) => {
  const route = [
    {
      destination: {
        host: hostOf("api-gateway"),
        port: { number: THEATER_PORTS["api-gateway"] },
      },
    },
  ];
  return {
    apiVersion: NETWORKING_API,
    kind: "VirtualService",
    metadata: { name: THEATER.name, namespace: SYSTEM_NAMESPACE },
    spec: {
      hosts: [host],
      gateways: [gateway],
      http: [
        // No timeout, which Istio then sets to none: it would be one of the whole answer.
        { name: "events", match: [{ uri: { exact: EVENTS } }], route },
        {
          name: "all",
          route,
          timeout: PUBLIC_TIMEOUT,
          retries: { attempts: 2, retryOn: UNSENT, retryRemoteLocalities: true },
        },
      ],
    },
  };
};
