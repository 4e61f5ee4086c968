import { mergeValues } from "../../components/helm/merge-values";
import type { Plain } from "../inputs";
import type { Subject } from "../policy";
import { object, read } from "../read";
import type { Container } from "./containers";
import { releaseOf } from "./release";

type Values = Readonly<Record<string, Plain>>;

/** What a container of ours would say: stands in for what a chart decides by itself, out of sight. */
const HARDENED: Values = {
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
  resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } },
};

/** The one container of a chart, as its template makes it of its values. */
interface Chart {
  readonly container: string;
  readonly spec: (values: Values) => Values;
  readonly pod: (values: Values) => Values;
}

/** Istio's charts, from manifests/charts of istio/istio 1.31: values.yaml and templates/deployment.yaml. */
const CHARTS: Readonly<Record<string, Chart>> = {
  istiod: {
    container: "discovery",
    spec: (given) => ({
      resources: merged({ requests: { cpu: "500m", memory: "2048Mi" } }, given["resources"]),
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
        ...(!isEmpty(given["seccompProfile"]) && {
          seccompProfile: given["seccompProfile"] as Plain,
        }),
      },
    }),
    pod: () => ({}),
  },
  gateway: {
    container: "istio-proxy",
    spec: (given) => ({
      resources: merged(
        {
          requests: { cpu: "100m", memory: "128Mi" },
          limits: { cpu: "2000m", memory: "1024Mi" },
        },
        given["resources"],
      ),
      securityContext: isEmpty(given["containerSecurityContext"])
        ? {
            capabilities: { drop: ["ALL"] },
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
          }
        : (given["containerSecurityContext"] as Plain),
    }),
    pod: (given) => ({ securityContext: given["securityContext"] ?? {} }),
  },
};

/**
 * What a Helm release's values say about containers.
 *
 * Istio's charts are known: their container is put together as the chart would. Of any other chart
 * only what its values say is judged, each `…securityContext` by itself; what they leave to the
 * chart stays out of sight.
 */
export function chartContainers(subject: Subject): Container[] {
  const release = releaseOf(subject);
  const given = release && read(object, release.values);
  if (release === undefined || given === undefined) {
    return [];
  }
  const chart = CHARTS[release.chart];
  const common = { metadata: {}, lifetime: "serves", origin: "values" } as const;
  if (chart !== undefined) {
    return [
      {
        ...common,
        title: `Container ${chart.container} of ${release.title}`,
        spec: chart.spec(given),
        pod: chart.pod(given),
      },
    ];
  }
  return securityContexts(given, "values").map(({ path, context }) => ({
    ...common,
    title: `${path} of ${release.title}`,
    spec: mergeValues(HARDENED, { securityContext: context }) as Values,
    pod: {},
  }));
}

/** Every `securityContext`, `podSecurityContext` and the like inside the values. */
function securityContexts(value: Plain, path: string): { path: string; context: Values }[] {
  return Object.entries(read(object, value) ?? {}).flatMap(([key, child]) => {
    const context = /securitycontext$/i.test(key) ? read(object, child) : undefined;
    return context !== undefined
      ? [{ path: `${path}.${key}`, context }]
      : securityContexts(child, `${path}.${key}`);
  });
}

const merged = (defaults: Values, given: Plain | undefined): Plain =>
  mergeValues(defaults, read(object, given ?? {}) ?? {}) as Plain;

/** What a template's `if` takes for nothing. */
const isEmpty = (value: Plain | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "object" && Object.keys(value).length === 0);
