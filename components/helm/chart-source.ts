/** Where charts are taken from. */
export interface Charts {
  /**
   * A Helm repository (https), an `oci://` prefix, or a folder with one unpacked chart per name, as
   * `helm pull --untar` leaves them.
   */
  readonly charts: string;
  readonly version: string;
}

/** The arguments of a Helm release that say where its chart comes from. */
export interface ChartSource {
  readonly chart: string;
  readonly version?: string;
  readonly repositoryOpts?: { readonly repo: string };
}

/** @param chart its name in the repository */
export function chartSource({ charts, version }: Charts, chart: string): ChartSource {
  if (charts.startsWith("oci://")) {
    return { chart: `${trimSlash(charts)}/${chart}`, version };
  }
  if (/^https?:\/\//.test(charts)) {
    return { chart, version, repositoryOpts: { repo: charts } };
  }
  return { chart: `${trimSlash(charts)}/${chart}` };
}

const trimSlash = (text: string): string => text.replace(/\/+$/, "");
