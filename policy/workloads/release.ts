import { z } from "zod";
import type { Plain } from "../inputs";
import { isKind } from "../kubernetes/object";
import type { Subject } from "../policy";
import { anything, read } from "../read";

/** What policies can see of a Helm release: its objects are made in the cluster, out of sight. */
export interface Release {
  /** How sentences call it: `Release istio-system/istiod`. */
  readonly title: string;
  /** The chart's own name, whether it is given by path, URL or name: `istiod`. */
  readonly chart: string;
  readonly values: Plain;
}

const releaseInputs = z.object({
  chart: z.string(),
  values: anything.optional(),
});
const named = z.object({ name: z.string() });
const namespaced = z.object({ namespace: z.string() });

/** The release that a resource is; undefined for other resources. */
export function releaseOf({ type, name, inputs }: Subject): Release | undefined {
  const release = isKind(type, "helm.sh", "Release") ? read(releaseInputs, inputs) : undefined;
  if (release === undefined) {
    return undefined;
  }
  const own = read(named, inputs)?.name ?? name;
  const namespace = read(namespaced, inputs)?.namespace;
  return {
    title: `Release ${namespace === undefined ? own : `${namespace}/${own}`}`,
    chart: chartName(release.chart),
    values: release.values ?? {},
  };
}

/** `oci://registry/charts/gateway`, `./charts/gateway/`, `gateway-1.31.1.tgz` ⇒ `gateway` */
export const chartName = (chart: string): string =>
  (chart.replace(/\/+$/, "").split("/").at(-1) as string).replace(/-v?\d[^/]*\.tgz$/, "");
