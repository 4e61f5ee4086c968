import type { BuildPlan } from "./build";
import type { LabCluster } from "./topology";

/** Measured on 2 idle cores: from nothing to a verified mesh with everything in the cache. */
const MESH_SECONDS = 90;

/** What `up` is about to do, said before it does anything. */
export function planText(
  clusters: readonly LabCluster[],
  build: BuildPlan,
  running: readonly string[],
  engine: string,
): string {
  const networks = clusters.map(
    ({ name, nodeIp, podCidr, serviceCidr, addressKind }) =>
      `  ${name.padEnd(8)} node ${nodeIp}, pods ${podCidr}, services ${serviceCidr}, load balancer by ${addressKind === "ip" ? "address" : "host name"}${running.includes(name) ? ", exists" : ""}`,
  );
  const parts = build.missing.map(
    ({ detail, expectedSeconds }) => `  ${detail} (about ${duration(expectedSeconds)})`,
  );
  const removed = running.filter((name) => !clusters.some((cluster) => cluster.name === name));
  const seconds = build.expectedSeconds + (running.length === clusters.length ? 15 : MESH_SECONDS);
  return [
    `A mesh of ${clusters.length} Kubernetes cluster${clusters.length === 1 ? "" : "s"}, each a network of its own:`,
    ...networks,
    ...(removed.length > 0 ? [`  to be removed: ${removed.join(", ")}`] : []),
    parts.length > 0 ? "To be fetched and built once:" : "Everything needed is in the cache.",
    ...parts,
    `Then the stacks trust, ${clusters.map(({ name }) => name).join(", ")}, by ${engine}, and a check with real requests.`,
    `This takes about ${duration(seconds)}.`,
  ].join("\n");
}

/** `95` ⇒ `1 min 35 s` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
