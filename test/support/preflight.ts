import { textsOf } from "../../config/decode";
import type { ClusterConfig, TrustConfig } from "../../config/model";
import { parseConfig } from "../../config/parse";
import type { Finding } from "../../mesh/finding";
import type { Member, OpenMesh } from "../../mesh/open";
import type { StackSettings } from "../../mesh/settings";
import type { Access, PlacedVerdict, View } from "../../mesh/preflight/check";
import { viewsOf } from "../../mesh/preflight/views";
import { rawConfig } from "./config";

export type Raw = Readonly<Record<string, unknown>>;

/** Stacks as `openMesh` would read them from their files, with texts for kubeconfigs. */
export function meshOf(stacks: Readonly<Record<string, Raw>>): OpenMesh {
  const settings = Object.entries(stacks).map(([stack, raw]): StackSettings => ({
    stack,
    config: parseConfig(raw, stack),
    kubeconfigs: textsOf(raw["kubeconfigs"]),
    remoteKubeconfigs: textsOf(raw["remoteKubeconfigs"]),
    cacerts: textsOf(raw["cacerts"]),
  }));
  const [first] = settings;
  if (first === undefined) {
    throw new Error("a mesh has a stack");
  }
  return {
    mesh: first.config.mesh,
    trust: settings.find((one): one is StackSettings<TrustConfig> => one.config.kind === "trust"),
    members: settings
      .filter((one): one is StackSettings<ClusterConfig> => one.config.kind === "cluster")
      .map((one): Member => ({
        cluster: one.config.self,
        settings: one,
        client: () => Promise.reject(new Error("tests need no cluster")),
      })),
  };
}

/** A mesh of ncloud, nhn and their trust stack. */
export const twoClusters = (over: Raw = {}): OpenMesh =>
  meshOf({
    trust: rawConfig(["ncloud", "nhn"], { ...over, kubeconfigs: {} }),
    ncloud: rawConfig(["ncloud", "nhn"], over),
    nhn: rawConfig(["ncloud", "nhn"], over),
  });

/** How stack ncloud sees its own cluster, or its peer nhn. */
export function viewOf(access: Access = "own", over: Raw = {}): View {
  const view = viewsOf(meshOf({ ncloud: rawConfig(["ncloud", "nhn"], over) })).find(
    (one) => one.access === access,
  );
  if (view === undefined) {
    throw new Error(`no ${access} view`);
  }
  return view;
}

/** `error nhn: What it says.`; without the cluster where the check leaves that to its runner. */
export const said = (verdicts: readonly (PlacedVerdict | Finding)[]): string[] =>
  verdicts.map(({ severity, cluster, peer, what }) =>
    [[severity, cluster, peer].filter(Boolean).join(" "), what].join(": "),
  );

/** The severities alone, where the sentence is of no matter. */
export const severities = (verdicts: readonly PlacedVerdict[]): string[] =>
  verdicts.map(({ severity }) => severity);
