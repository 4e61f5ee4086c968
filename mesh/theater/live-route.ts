import { z } from "zod";
import { THEATER } from "../../components/theater/constants";
import { restored } from "../../apps/theater/src/routing/change";
import {
  sharesOf as sharesOfRules,
  withShares as withSharesInRules,
} from "../../apps/theater/src/routing/rules";
import { UserError } from "../../config/errors";
import type { WeightedService } from "../../config/theater-schema";
import type { KubeClient } from "../../kube/client";
import type { Shares } from "./shares";

const API = "networking.istio.io/v1";
const route = z.looseObject({
  destination: z.looseObject({ subset: z.string().optional() }),
  weight: z.number().optional(),
});
const rule = z.looseObject({ name: z.string().optional(), route: z.array(route).optional() });
const virtualService = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({ http: z.array(rule) }),
});

/** A service's VirtualService as the cluster has it. */
export type LiveRoute = z.output<typeof virtualService>;

/**
 * Reads how one cluster divides a service's requests now.
 *
 * @param cluster how messages call it
 * @throws UserError where the cluster has no such VirtualService
 */
export async function readRoute(
  { objects }: KubeClient,
  cluster: string,
  service: WeightedService,
): Promise<LiveRoute> {
  const { ApiException } = await import("@kubernetes/client-node");
  const metadata = { namespace: THEATER.namespace, name: service };
  try {
    return virtualService.parse(
      await objects.read({ apiVersion: API, kind: "VirtualService", metadata }),
    );
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) {
      throw new UserError(
        `Cluster ${cluster} has no VirtualService ${THEATER.namespace}/${service}: run npm run mesh -- up ${cluster}`,
      );
    }
    throw error;
  }
}

/** The shares that take effect. */
export const sharesOf = ({ spec }: LiveRoute): Shares => sharesOfRules(spec.http);

/** The route without what the theater's page changed for a while: what is decided here stays. */
export const settled = (live: LiveRoute): LiveRoute => restored(live) ?? live;

/** The same with other shares, and everything else as it is when it is settled. */
export function withShares(live: LiveRoute, shares: Shares): LiveRoute {
  const route = settled(live);
  return { ...route, spec: { ...route.spec, http: withSharesInRules(route.spec.http, shares) } };
}

/** @throws ApiException 409 where somebody else changed it since it was read */
export async function writeRoute({ objects }: KubeClient, changed: LiveRoute): Promise<void> {
  await objects.replace(changed);
}
