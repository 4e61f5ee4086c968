import type { IstioSource } from "../../config/model";

/** Istio's charts, by the names they have in its repositories. */
export type ChartName = "base" | "istiod" | "gateway";

/** The arguments of a Helm release that say where its chart comes from. */
export interface ChartSource {
  readonly chart: string;
  readonly version?: string;
  readonly repositoryOpts?: { readonly repo: string };
}

/**
 * Where a chart of Istio is taken from.
 *
 * @param istio `charts` is a Helm repository (https), an `oci://` prefix, or a folder with one
 *   unpacked chart per name, as `helm pull --untar` leaves them
 */
export function chartSource(
  { charts, version }: Pick<IstioSource, "charts" | "version">,
  chart: ChartName,
): ChartSource {
  if (charts.startsWith("oci://")) {
    return { chart: `${trimSlash(charts)}/${chart}`, version };
  }
  if (/^https?:\/\//.test(charts)) {
    return { chart, version, repositoryOpts: { repo: charts } };
  }
  return { chart: `${trimSlash(charts)}/${chart}` };
}

const trimSlash = (text: string): string => text.replace(/\/+$/, "");
