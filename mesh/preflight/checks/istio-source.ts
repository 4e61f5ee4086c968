import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { IstioSource } from "../../../config/model";
import { minorOf } from "../../../config/versions";
import { configCheck, ok, type Verdict } from "../check";
import { enumerate } from "../text";

const CHARTS = ["base", "istiod", "gateway"] as const;
const TIMEOUT_MS = 5000;

/** Where Istio is no longer published (istio.io/latest/blog/2026/retirement-of-gcp). */
const RETIRED: readonly { readonly host: string; readonly lastMinor: number }[] = [
  { host: "istio-release.storage.googleapis.com", lastMinor: 30 },
  { host: "gcr.io/istio-release", lastMinor: 30 },
  { host: "registry.istio.io", lastMinor: 30 },
];

export const istioSource = configCheck({
  name: "istio-source",
  severity: "error",
  what: "Whether mesh:istioCharts has the charts of mesh:istioVersion, and neither it nor mesh:istioHub names a place where Istio is no longer published",
  why: "Helm fetches the charts on this machine, and the nodes the images: without either the first release fails.",
  fix: "Write a place that has this version; the defaults of Pulumi.yaml do.",
  link: "https://istio.io/latest/docs/setup/install/helm/",
  async judge(_mesh, views) {
    const sources = views
      .filter(({ access }) => access === "own")
      .map(({ config }) => config.istio)
      .filter((one, index, all) => all.findIndex((other) => key(other) === key(one)) === index);
    const verdicts = await Promise.all(
      sources.map(async (source) => judgeSource(source, await look(source))),
    );
    return verdicts.flat();
  },
});

const key = ({ charts, hub, version }: IstioSource): string => `${charts} ${hub} ${version}`;

/** What was found where the charts should be. */
export interface ChartsSeen {
  /** Versions by chart's name, of a folder; a missing chart is not among them. */
  readonly folder?: Readonly<Partial<Record<string, string>>>;
  /** What the repository's index says: whether it has the version, or why it can't be read. */
  readonly repository?: "has it" | "lacks it" | { readonly failure: string };
}

export function judgeSource(
  { charts, hub, version }: Pick<IstioSource, "charts" | "hub" | "version">,
  { folder, repository }: ChartsSeen,
): Verdict[] {
  const minor = Number(minorOf(version)?.split(".")[1] ?? NaN);
  const retired = (["mesh:istioCharts", "mesh:istioHub"] as const).flatMap((name) => {
    const place = name === "mesh:istioCharts" ? charts : hub;
    const row = RETIRED.find(({ host }) => place.includes(host));
    return row && minor > row.lastMinor
      ? [
          {
            severity: "error" as const,
            what: `${name} is ${place}, which has nothing after Istio 1.${row.lastMinor}.`,
            link: "https://istio.io/latest/blog/2026/retirement-of-gcp/",
          },
        ]
      : [];
  });
  const verdicts: Verdict[] = [...retired, ...ofFolder(charts, version, folder)];
  if (repository === "lacks it") {
    verdicts.push({ severity: "error", what: `${charts} has no charts of Istio ${version}.` });
  } else if (typeof repository === "object") {
    verdicts.push({
      severity: "error",
      what: `${charts} can't be read from this machine: ${repository.failure}.`,
    });
  }
  return verdicts.length > 0
    ? verdicts
    : [ok(`Istio ${version} from ${charts}, images from ${hub}.`)];
}

function ofFolder(charts: string, version: string, folder: ChartsSeen["folder"]): Verdict[] {
  if (folder === undefined) {
    return [];
  }
  const missing = CHARTS.filter((chart) => folder[chart] === undefined);
  const other = CHARTS.filter((chart) => folder[chart] !== undefined && folder[chart] !== version);
  return [
    ...(missing.length > 0
      ? [
          {
            severity: "error" as const,
            what: `The folder ${charts} lacks ${enumerate(missing.map((chart) => `${chart}/Chart.yaml`))}.`,
            fix: "Unpack the charts there with helm pull --untar, or correct mesh:istioCharts.",
          },
        ]
      : []),
    ...(other.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `The charts ${enumerate(other.map((chart) => `${chart} ${folder[chart]}`))} in ${charts} aren't of Istio ${version}.`,
            why: "mesh:istioVersion picks images and support matrix, the folder's charts are taken as they are.",
            fix: "Unpack the charts of this version there.",
          },
        ]
      : []),
  ];
}

async function look({ charts, version }: IstioSource): Promise<ChartsSeen> {
  if (charts.startsWith("oci://")) {
    return {};
  }
  if (/^https?:\/\//.test(charts)) {
    return { repository: await lookInRepository(charts, version) };
  }
  const versions = await Promise.all(
    CHARTS.map(async (chart) => [chart, await chartVersion(join(charts, chart))] as const),
  );
  return { folder: Object.fromEntries(versions) };
}

async function lookInRepository(
  charts: string,
  version: string,
): Promise<NonNullable<ChartsSeen["repository"]>> {
  try {
    const answer = await fetch(`${charts.replace(/\/+$/, "")}/index.yaml`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) {
      return { failure: `its index.yaml answers ${answer.status}` };
    }
    const index = await answer.text();
    return new RegExp(`\\bversion: "?${version.replaceAll(".", "\\.")}"?\\s`).test(index)
      ? "has it"
      : "lacks it";
  } catch (error) {
    const { cause, message } = error as Error;
    return { failure: cause instanceof Error ? cause.message : message };
  }
}

const chartVersion = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, "Chart.yaml"), "utf8").then(
    (text) => (parse(text) as { version?: string }).version,
    () => undefined,
  );
