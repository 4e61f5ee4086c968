import type { Cluster, HelmValues, IstioSource } from "../../config/model";
import { mergeValues } from "../helm/merge-values";

export interface IstioCniValuesArgs {
  readonly cluster: Pick<Cluster, "cloud">;
  readonly istio: Pick<IstioSource, "hub" | "tag" | "values">;
}

/** Helm values of the chart `cni`, for sidecars alone: no ambient mode. */
export function istioCniValues({ cluster, istio }: IstioCniValuesArgs): HelmValues {
  const platform = cluster.cloud.cni.istioCni?.platform;
  const values: HelmValues = {
    global: { hub: istio.hub, tag: istio.tag, ...(platform !== undefined && { platform }) },
    seccompProfile: { type: "RuntimeDefault" },
    resources: RESOURCES[cluster.cloud.footprint],
  };
  return mergeValues(values, istio.values.cni);
}

/** It idles but for the moment in which a pod starts. */
const RESOURCES: Readonly<Record<Cluster["cloud"]["footprint"], HelmValues>> = {
  standard: { requests: { cpu: "100m", memory: "100Mi" }, limits: { memory: "256Mi" } },
  small: { requests: { cpu: "10m", memory: "50Mi" }, limits: { memory: "256Mi" } },
};
