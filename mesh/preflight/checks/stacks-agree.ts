import { minorOf } from "../../../config/versions";
import type { Cluster, ClusterConfig, Mesh } from "../../../config/model";
import type { OpenMesh } from "../../open";
import { configCheck, ok, type Verdict } from "../check";
import { enumerate, unique } from "../text";

export const stacksAgree = configCheck({
  name: "stacks-agree",
  severity: "error",
  what: "Whether all stacks say the same of the clusters, mesh ID, trust domain, trust stack, Istio version and mTLS mode",
  why: "Each stack deploys its own view of the mesh: where views differ, clusters don't find or trust each other.",
  fix: "Write what all stacks share into the config block of Pulumi.yaml, and take it out of the stacks' files.",
  link: "https://istio.io/latest/docs/ops/deployment/deployment-models/#multiple-clusters",
  judge: judgeStacks,
});

export function judgeStacks({ mesh, trust, members }: OpenMesh): Verdict[] {
  const clusterStacks = members.map(({ settings }) => settings);
  const all = [...(trust ? [trust] : []), ...clusterStacks];
  const verdicts = [
    ...MESH_WIDE.flatMap(([what, of]) =>
      differing(
        what,
        all.map(({ stack, config }) => [stack, of(config.mesh)] as const),
        "error",
      ),
    ),
    ...STACK_WIDE.flatMap(([what, of, severity]) =>
      differing(
        what,
        clusterStacks.map(({ stack, config }) => [stack, of(config)] as const),
        severity,
      ),
    ),
    ...versions(clusterStacks.map(({ config }) => config.istio.version)),
    ...strangers(
      mesh,
      members.map(({ cluster }) => cluster),
    ),
  ];
  return verdicts.some(({ severity }) => severity !== "info")
    ? verdicts
    : [
        ...verdicts,
        ok(
          `${enumerate(all.map(({ stack }) => stack))} agree on mesh ${mesh.id}, its clusters and its trust domain ${mesh.trustDomain}.`,
        ),
      ];
}

const MESH_WIDE: readonly (readonly [what: string, of: (mesh: Mesh) => string])[] = [
  ["the mesh ID", ({ id }) => id],
  ["the trust domain", ({ trustDomain }) => trustDomain],
  ["the clusters", ({ clusters }) => clusters.map(describe).join(", ")],
];

const STACK_WIDE: readonly (readonly [
  what: string,
  of: (config: ClusterConfig) => string,
  severity: "error" | "warning",
])[] = [
  ["the mTLS mode", ({ mtls }) => mtls, "warning"],
  [
    "who signs",
    ({ trust }) => (trust.kind === "stack" ? `stack ${trust.name}` : "an own CA"),
    "warning",
  ],
];

function describe({ id, network, apiServer }: Cluster): string {
  const details = [network === id ? "" : `network ${network}`, apiServer ?? ""].filter(Boolean);
  return details.length > 0 ? `${id} (${details.join(", ")})` : id;
}

function differing(
  what: string,
  values: readonly (readonly [stack: string, value: string])[],
  severity: "error" | "warning",
): Verdict[] {
  const distinct = unique(values.map(([, value]) => value));
  const sides = distinct.map((value) => {
    const stacks = values.filter(([, own]) => own === value).map(([stack]) => stack);
    return `${value} in ${enumerate(stacks)}`;
  });
  return distinct.length > 1
    ? [{ severity, what: `The stacks differ on ${what}: ${sides.join("; ")}.` }]
    : [];
}

/** Adjacent minors meet in every upgrade; further apart nobody tests them. */
function versions(all: readonly string[]): Verdict[] {
  const distinct = unique(all);
  const minors = unique(distinct.map((version) => Number(minorOf(version)?.split(".")[1] ?? NaN)));
  if (distinct.length < 2) {
    return [];
  }
  const gap = Math.max(...minors) - Math.min(...minors);
  const skew = gap > 1 ? "more than one minor apart" : "a passing state of an upgrade";
  return [
    {
      severity: gap > 1 ? "error" : gap === 1 ? "warning" : "info",
      what: `The stacks deploy Istio ${enumerate([...distinct].sort())}: ${skew}.`,
      why: "Istio is tested with control planes at most one minor apart.",
      fix: "Upgrade the stacks one minor at a time, one after the other, without long pauses.",
      link: "https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew",
    },
  ];
}

function strangers({ clusters }: Mesh, seen: readonly Cluster[]): Verdict[] {
  const missing = clusters.filter(({ id }) => !seen.some((cluster) => cluster.id === id));
  return missing.length > 0
    ? [
        {
          severity: "info",
          what: `No stack of ${enumerate(missing.map(({ id }) => id))} was looked at.`,
        },
      ]
    : [];
}
