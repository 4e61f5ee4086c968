import { z } from "zod";
import { mergeValues } from "../../components/helm/merge-values";
import type { Plain } from "../inputs";
import { annotationsOf, isKind } from "../kubernetes/object";
import { titleOf, type Subject } from "../policy";
import { object, read } from "../read";
import { releaseOf } from "../workloads/release";

/** A Service as far as it decides who reaches what: an object's spec, or what a chart's values make. */
export interface Exposure {
  /** How sentences call what decides it. */
  readonly title: string;
  readonly type: string | null | undefined;
  /** Undefined while not all are known. */
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** Of each port the Service's own number and the container's. */
  readonly ports: readonly number[];
  /** How to keep a port out of it, where that isn't plain. */
  readonly without?: string;
}

/** The Services that a resource is or makes, as far as its inputs say. */
export const exposuresOf = (subject: Subject): Exposure[] => [
  ...services(subject),
  ...gateways(subject),
  ...releases(subject),
];

const port = z.object({
  port: z.number(),
  targetPort: z.union([z.number(), z.string()]).nullish(),
});
type Port = z.output<typeof port>;

const numbers = (ports: readonly Port[] | null | undefined): number[] =>
  (ports ?? []).flatMap(({ port: own, targetPort }) =>
    typeof targetPort === "number" ? [own, targetPort] : [own],
  );

const service = z.object({
  spec: z.object({ type: z.string().nullish(), ports: z.array(port).nullish() }),
});

function services(subject: Subject): Exposure[] {
  const spec = isKind(subject.type, "core", "Service")
    ? read(service, subject.inputs)?.spec
    : undefined;
  return spec
    ? [
        {
          title: titleOf(subject),
          type: spec.type,
          annotations: annotationsOf(subject.inputs),
          ports: numbers(spec.ports),
        },
      ]
    : [];
}

const gateway = z.object({
  spec: z.object({ listeners: z.array(z.object({ port: z.number() })) }),
});

/** Istio makes a load balancer of each Gateway of the Gateway API, unless this says otherwise. */
const SERVICE_TYPE = "networking.istio.io/service-type";

function gateways(subject: Subject): Exposure[] {
  const spec = isKind(subject.type, "gateway.networking.k8s.io", "Gateway")
    ? read(gateway, subject.inputs)?.spec
    : undefined;
  const annotations = annotationsOf(subject.inputs);
  return spec
    ? [
        {
          title: titleOf(subject),
          type: annotations?.[SERVICE_TYPE] ?? "LoadBalancer",
          annotations,
          ports: spec.listeners.map((listener) => listener.port),
        },
      ]
    : [];
}

const annotations = z.record(z.string(), z.string()).nullish();
const serviceValues = z.object({
  type: z.string().nullish(),
  annotations,
  ports: z.array(port).nullish(),
});
const gatewayChart = z.object({
  networkGateway: z.string().nullish(),
  networkGatewayPorts: z.record(z.string(), port.partial().nullish()).nullish(),
  annotations,
  service: serviceValues.nullish(),
});

/** `networkGatewayPorts` of Istio's gateway chart (manifests/charts/gateway/values.yaml, 1.31). */
const NETWORK_GATEWAY_PORTS = {
  "status-port": { port: 15021, targetPort: 15021 },
  tls: { port: 15443, targetPort: 15443 },
  "tls-istiod": { port: 15012, targetPort: 15012 },
  "tls-webhook": { port: 15017, targetPort: 15017 },
};

function releases(subject: Subject): Exposure[] {
  const release = releaseOf(subject);
  const chart = release?.chart === "gateway" ? read(gatewayChart, release.values) : undefined;
  if (release === undefined || chart === undefined) {
    return servicesIn(release?.values ?? {}, "values").map(({ path, spec }) => ({
      title: `${path} of ${release?.title}`,
      type: spec.type,
      annotations: spec.annotations ?? {},
      ports: numbers(spec.ports),
    }));
  }
  const common = {
    type: chart.service?.type ?? "LoadBalancer",
    annotations: { ...chart.annotations, ...chart.service?.annotations },
  };
  // The chart takes its list of ports from the one or the other.
  return chart.networkGateway
    ? [
        {
          ...common,
          title: `values.networkGateway of ${release.title}`,
          ports: numbers(networkGatewayPorts(chart.networkGatewayPorts ?? {})),
          without:
            "say service.ports, labels and env yourself, as components/istio/gateway-values.ts does",
        },
      ]
    : [
        {
          ...common,
          title: `values.service of ${release.title}`,
          ports: numbers(chart.service?.ports),
        },
      ];
}

const networkGatewayPorts = (own: Readonly<Record<string, unknown>>): Port[] =>
  Object.values(mergeValues(NETWORK_GATEWAY_PORTS, own)).flatMap((merged) => {
    const result = port.safeParse(merged);
    return result.success ? [result.data] : [];
  });

/** Every part of a chart's values that says of a Service that it is a load balancer. */
function servicesIn(
  value: Plain,
  path: string,
): { path: string; spec: z.output<typeof serviceValues> }[] {
  const parts = read(object, value) ?? {};
  const spec = read(serviceValues, parts);
  return [
    ...(spec?.type === "LoadBalancer" ? [{ path, spec }] : []),
    ...Object.entries(parts).flatMap(([key, child]) => servicesIn(child, `${path}.${key}`)),
  ];
}
