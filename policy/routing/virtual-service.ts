import { z } from "zod";
import type { Plain } from "../inputs";
import { isKind } from "../kubernetes/object";
import type { Subject } from "../policy";
import { anything, read } from "../read";

export const NETWORKING = "networking.istio.io";

/** The gateway that stands for all sidecars. */
export const MESH_GATEWAY = "mesh";

export const isVirtualService = ({ type }: Subject): boolean =>
  isKind(type, NETWORKING, "VirtualService");

/** The three lists of rules in a VirtualService; each rule is read by itself. */
export const PROTOCOLS = ["http", "tls", "tcp"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A rule as it stands in the object, and how sentences call it: `http[0]`. */
export interface RawRule {
  readonly title: string;
  readonly rule: Plain;
}

/** The rules of one protocol, in order. */
export const rulesOf = ({ inputs }: Subject, protocol: Protocol): RawRule[] =>
  (
    read(z.object({ spec: z.object({ [protocol]: z.array(anything) }) }), inputs)?.spec[protocol] ??
    []
  ).map((rule, index) => ({ title: `${protocol}[${index}]`, rule }));

const gateways = z.object({
  spec: z.object({ gateways: z.array(z.string()).nullish() }),
});

/** The gateways that a VirtualService applies to; undefined while they aren't known. */
export function gatewaysOf({ inputs }: Subject): readonly string[] | undefined {
  const service = read(gateways, inputs);
  const own = service?.spec.gateways ?? [];
  return service && (own.length > 0 ? own : [MESH_GATEWAY]);
}

const hosts = z.object({ spec: z.object({ hosts: z.array(z.string()) }) });

/** The hosts that a VirtualService is for, as written. */
export const hostsOf = ({ inputs }: Subject): readonly string[] =>
  read(hosts, inputs)?.spec.hosts ?? [];

const destination = z.object({ host: z.string(), subset: z.string().nullish() });
export type Destination = z.output<typeof destination>;

const weighted = z.object({ destination, weight: z.number().nullish() });
const routed = z.object({
  route: z.array(weighted).nullish(),
  mirror: destination.nullish(),
  mirrors: z.array(z.object({ destination })).nullish(),
});

/** Where a rule sends what it takes, and by which weights. */
export const routesOf = (rule: Plain): z.output<typeof weighted>[] =>
  read(routed, rule)?.route ?? [];

/** Every destination that a rule names, mirrors included. */
export function destinationsOf(rule: Plain): Destination[] {
  const { route, mirror, mirrors } = read(routed, rule) ?? {};
  return [
    ...[...(route ?? []), ...(mirrors ?? [])].map((entry) => entry.destination),
    ...(mirror ? [mirror] : []),
  ];
}
