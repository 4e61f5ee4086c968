import type { Finding } from "../finding";
import { findingsReport, findingsText, terminalWidth, type FindingsReport } from "../findings-text";
import { Unseen } from "./facts";
import type { CheckResult } from "./index";
import { overviewOf, overviewText, type OverviewRow } from "./overview";
import { rowOf, type Row } from "./traffic/matrix";

/** The result as a script reads it. */
export interface CheckReport extends FindingsReport {
  /** Errors that follow from one of the findings. */
  readonly consequences: readonly Finding[];
  readonly overview: readonly OverviewRow[];
  /** Who answered the requests of each cluster that made some. */
  readonly traffic: readonly Row[];
}

export const checkReport = (result: CheckResult): CheckReport => ({
  ...findingsReport(result.findings),
  consequences: result.consequences,
  overview: overview(result),
  traffic: result.sights.flatMap(({ cluster, facts: { echo } }) =>
    echo instanceof Unseen || echo === undefined
      ? []
      : [
          rowOf(
            cluster.id,
            echo,
            result.mesh.clusters.map(({ id }) => id),
          ),
        ],
  ),
});

export interface CheckTextOptions {
  readonly colour: boolean;
  /** Whether to say also what is in order. */
  readonly verbose: boolean;
  /** Characters per line; {@link terminalWidth} by default. */
  readonly width?: number;
}

/** The result as people read it: the overview, then what isn't in order. */
export function checkText(
  result: CheckResult,
  { colour, verbose, width = terminalWidth() }: CheckTextOptions,
): string {
  return [
    overviewText(overview(result), { colour, width }),
    "",
    findingsText(result.findings, { colour, width, ok: verbose ? "sentences" : "none" }),
  ].join("\n");
}

const overview = ({ sights, mesh, findings, consequences }: CheckResult): OverviewRow[] =>
  overviewOf(sights, mesh.clusters, [...findings, ...consequences], new Date());
