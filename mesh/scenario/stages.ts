import { THEATER } from "../../components/theater/constants";
import { UserError } from "../../config/errors";
import type { OpenMesh } from "../open";
import type { GatewayPod } from "./call";
import type { Stage } from "./disturb";

/** @throws UserError where the mesh has no theater */
export async function stagesOf({ members }: OpenMesh): Promise<Stage[]> {
  const stages = await Promise.all(
    members.map(async (member) => ({
      cluster: member.cluster.id,
      client: await member.client(),
      theater: member.settings.config.theater,
    })),
  );
  const found = stages.flatMap((stage) =>
    stage.theater === undefined ? [] : [{ ...stage, theater: stage.theater }],
  );
  if (found.length === 0) {
    throw new UserError("No stack has a theater: set mesh:theater.enabled, then run up", 2);
  }
  return found;
}

/** A pod of the theater's gateway that is ready. @throws UserError where none is */
export async function gatewayOf(stages: readonly Stage[]): Promise<GatewayPod> {
  for (const { client } of stages) {
    const { items } = await client.core.listNamespacedPod({
      namespace: THEATER.namespace,
      labelSelector: "app=api-gateway",
    });
    const ready = items.find(
      ({ metadata, status }) =>
        metadata?.deletionTimestamp === undefined &&
        status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
    );
    if (ready?.metadata?.name !== undefined) {
      return { client, pod: ready.metadata.name };
    }
  }
  throw new UserError(
    "No pod of the theater's api-gateway is ready: npm run mesh -- check says why",
  );
}
