import { isDeepStrictEqual } from "node:util";
import type { V1Deployment } from "@kubernetes/client-node";
import { withFault as withFaultInRules } from "../../apps/theater/src/routing/rules";
import { THEATER } from "../../components/theater/constants";
import { virtualService } from "../../components/theater/traffic";
import type { TheaterConfig } from "../../config/model";
import { WEIGHTED_SERVICES, type WeightedService } from "../../config/theater-schema";
import { UserError } from "../../config/errors";
import type { KubeClient } from "../../kube/client";
import { toError } from "../../kube/error";
import { readRoute, settled, withShares, writeRoute, type LiveRoute } from "../theater/live-route";
import type { Disturbance } from "./scenarios";

/** A cluster of the mesh with its part in the theater. */
export interface Stage {
  readonly cluster: string;
  readonly client: KubeClient;
  readonly theater: TheaterConfig;
}

const { namespace } = THEATER;
const FAILING = "scenario-failing";

/**
 * Does to the theater what a scenario asks for, in every cluster.
 *
 * @param undo gets, before anything is done, how to take it back; called in reverse order
 */
export async function disturb(
  stages: readonly Stage[],
  { shares, faults = {}, failing, gone }: Disturbance,
  undo: (step: () => Promise<unknown>) => void,
): Promise<void> {
  const services = WEIGHTED_SERVICES.filter(
    (service) => shares !== undefined || faults[service] !== undefined,
  );
  for (const { client, cluster } of stages) {
    for (const service of services) {
      const before = settled(await readRoute(client, cluster, service));
      undo(() => putBack(client, cluster, service, before.spec));
      const divided = shares === undefined ? before : withShares(before, shares);
      const fault = faults[service];
      await writeRoute(client, fault === undefined ? divided : withFault(divided, fault));
    }
    if (failing?.cluster === cluster) {
      undo(() => removeFailing(client));
      await client.objects.create(failingPods(failing.service));
    }
    if (gone === cluster) {
      for (const service of WEIGHTED_SERVICES) {
        const { spec } = await readDeployment(client, service);
        undo(() => scale(client, service, spec?.replicas ?? 1));
        await scale(client, service, 0);
      }
    }
  }
}

/**
 * Takes back what was done, last things first, and all of it, also where one of them can't be.
 *
 * @throws UserError saying what to do about that one
 */
export async function putAllBack(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  let failure: unknown;
  for (const step of steps.toReversed()) {
    await step().catch((error: unknown) => (failure ??= error));
  }
  if (failure !== undefined) {
    throw new UserError(
      `Not everything could be put back (${toError(failure).message}): run npm run mesh -- scenario reset`,
    );
  }
}

/**
 * Makes the theater what its configuration says, whatever a scenario that was killed left behind.
 *
 * @returns what was changed, a line each
 */
export async function reset(stages: readonly Stage[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { client, cluster, theater } of stages) {
    for (const route of theater.routes) {
      const live = await readRoute(client, cluster, route.service);
      const { spec } = virtualService(route);
      if (!isDeepStrictEqual(live.spec.http, spec.http)) {
        await writeRoute(client, { ...settled(live), spec: { ...live.spec, http: spec.http } });
        lines.push(`${cluster}: route of ${route.service} as configured`);
      }
    }
    if (await removeFailing(client)) {
      lines.push(`${cluster}: no pod has to fail any more`);
    }
    for (const { name } of theater.services) {
      const { spec } = await readDeployment(client, name);
      if (spec?.replicas === 0) {
        await scale(client, name, theater.replicas);
        lines.push(`${cluster}: ${theater.replicas} pods of ${name}`);
      }
    }
  }
  return lines;
}

const withFault = (live: LiveRoute, fault: object): LiveRoute => ({
  ...live,
  spec: { ...live.spec, http: withFaultInRules(live.spec.http, fault) },
});

async function putBack(
  client: KubeClient,
  cluster: string,
  service: WeightedService,
  spec: LiveRoute["spec"],
): Promise<void> {
  const latest = await readRoute(client, cluster, service);
  await writeRoute(client, { ...latest, spec });
}

/**
 * A fault at the failing pods' own proxies. One of the caller's proxy would never break a circuit:
 * Envoy makes such an answer up itself, and outlier detection counts only what hosts answer.
 */
const failingPods = (service: WeightedService) => ({
  apiVersion: "networking.istio.io/v1alpha3",
  kind: "EnvoyFilter",
  metadata: { name: FAILING, namespace },
  spec: {
    workloadSelector: { labels: { app: service } },
    configPatches: [
      {
        applyTo: "HTTP_FILTER",
        match: {
          context: "SIDECAR_INBOUND",
          listener: {
            filterChain: {
              filter: {
                name: "envoy.filters.network.http_connection_manager",
                subFilter: { name: "envoy.filters.http.router" },
              },
            },
          },
        },
        patch: {
          operation: "INSERT_BEFORE",
          value: {
            name: "envoy.filters.http.fault",
            typed_config: {
              "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
              abort: { http_status: 500, percentage: { numerator: 100, denominator: "HUNDRED" } },
            },
          },
        },
      },
    ],
  },
});

/** @returns whether there was one */
async function removeFailing({ objects }: KubeClient): Promise<boolean> {
  const { ApiException } = await import("@kubernetes/client-node");
  try {
    const { apiVersion, kind, metadata } = failingPods("user-service");
    await objects.delete({ apiVersion, kind, metadata });
    return true;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) {
      return false;
    }
    throw error;
  }
}

const readDeployment = ({ objects }: KubeClient, name: string): Promise<V1Deployment> =>
  objects.read<V1Deployment>({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
  });

async function scale({ objects }: KubeClient, name: string, replicas: number): Promise<void> {
  const { PatchStrategy } = await import("@kubernetes/client-node");
  await objects.patch(
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace },
      spec: { replicas },
    },
    undefined,
    undefined,
    undefined,
    undefined,
    PatchStrategy.MergePatch,
  );
}
