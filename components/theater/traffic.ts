import type * as pulumi from "@pulumi/pulumi";
import { REPEAT_HEADER } from "../../apps/theater/src/repeat";
import { RULES } from "../../apps/theater/src/routing/rules";
import type { TheaterRoute } from "../../config/model";
import { NETWORKING_API } from "../https/constants";
import { SYSTEM_NAMESPACE } from "../istio/constants";
import { CONNECT_TIMEOUT, IDLE_TIMEOUT, UNSENT } from "../upstream";
import { hostOf, THEATER, THEATER_PORTS } from "./constants";

interface Metadata {
  readonly name: string;
  readonly namespace: string;
}

const TIMEOUT = "10s";

/**
 * The first retry stays with the cluster, the third one goes elsewhere: `retryRemoteLocalities` is
 * Envoy's previous_priorities with an update after two attempts (istio pilot/…/route/retry).
 */
const RETRIES = { attempts: 4, retryRemoteLocalities: true };

/** What does no harm twice: also what got no answer in time, or none at all. */
const REPEATABLE_RETRIES = {
  ...RETRIES,
  perTryTimeout: "2s",
  retryOn: `${UNSENT},reset,gateway-error`,
};
const OTHER_RETRIES = { ...RETRIES, retryOn: UNSENT };

/**
 * A cluster that fails is left alone, all of it if need be, where another one is there. Where nobody
 * is left everybody is asked again (Envoy's panic threshold): three connections that weren't there in
 * time, on a busy node, would otherwise be an outage for as long as they are ejected.
 */
const OUTLIER_DETECTION = {
  consecutive5xxErrors: 5,
  consecutiveGatewayErrors: 3,
  interval: "2s",
  baseEjectionTime: "15s",
  maxEjectionPercent: 100,
  minHealthPercent: 1,
};

const CONNECTION_POOL = {
  tcp: { maxConnections: 1000, connectTimeout: CONNECT_TIMEOUT },
  http: { http1MaxPendingRequests: 1000, http2MaxRequests: 1000, idleTimeout: IDLE_TIMEOUT },
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
            rule(service, RULES.canaryRepeatable, [{ cluster: canary, weight: 100 }], {
              marked: true,
              repeatable: true,
            }),
            rule(service, RULES.canary, [{ cluster: canary, weight: 100 }], { marked: true }),
          ]),
      rule(service, RULES.repeatable, weights, { repeatable: true }),
      rule(service, RULES.all, weights, {}),
    ],
  },
});

interface Match {
  readonly method?: { readonly regex: string };
  readonly headers?: Readonly<
    Record<string, { readonly exact: string } | { readonly regex: string }>
  >;
}

const KEYED = { [REPEAT_HEADER]: { regex: ".+" } };

/** Marks of reads, and of writes that a service knows again by their key. */
const REPEATABLE: readonly Match[] = [{ method: { regex: "GET|HEAD" } }, { headers: KEYED }];

/** What a rule takes; nothing where it takes all that is left. */
function matchOf(marked: boolean, repeatable: boolean): readonly Match[] | undefined {
  const marks = { [THEATER.canaryHeader]: { exact: "true" } };
  if (!marked) {
    return repeatable ? REPEATABLE : undefined;
  }
  return (repeatable ? REPEATABLE : [{}]).map((sign: Match) => ({
    ...sign,
    headers: { ...sign.headers, ...marks },
  }));
}

function rule(
  service: string,
  name: string,
  weights: TheaterRoute["weights"],
  { marked = false, repeatable = false },
) {
  const match = matchOf(marked, repeatable);
  return {
    name,
    ...(match && { match }),
    route: weights.map(({ cluster, weight }) => ({
      destination: { host: hostOf(service), subset: cluster },
      weight,
    })),
    timeout: TIMEOUT,
    retries: repeatable ? REPEATABLE_RETRIES : OTHER_RETRIES,
  };
}

const metadata = (name: string): Metadata => ({ name, namespace: THEATER.namespace });

/** Longer than the gateway waits for a service behind it, whose answer says more. */
const PUBLIC_TIMEOUT = "20s";

/**
 * Every request from outside has a key: the client's own, or the proxy's id of the request, which stays
 * the same however often it is sent on and is never the client's (Envoy makes it anew at the edge).
 */
const PUBLIC_RETRIES = { ...RETRIES, retryOn: `${UNSENT},reset` };

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
          name: "keyed",
          match: [{ headers: KEYED }],
          route,
          timeout: PUBLIC_TIMEOUT,
          retries: PUBLIC_RETRIES,
        },
        {
          name: "all",
          headers: { request: { set: { [REPEAT_HEADER]: "%REQ(X-REQUEST-ID)%" } } },
          route,
          timeout: PUBLIC_TIMEOUT,
          retries: PUBLIC_RETRIES,
        },
      ],
    },
  };
};
