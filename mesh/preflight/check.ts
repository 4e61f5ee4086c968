import type { ActiveContext } from "../../config/kubeconfig";
import type { Cluster, ClusterConfig } from "../../config/model";
import type { Finding, Severity } from "../finding";
import type { OpenMesh } from "../open";
import { NoAnswer, Refusal, type ClusterApi } from "./cluster-api";

/** What a check is, for its findings and for docs/preflight.md. */
export interface CheckInfo {
  /** Kebab case. */
  readonly name: string;
  /** The worst that it finds. */
  readonly severity: Exclude<Severity, "ok">;
  /** What it looks at, one sentence without its end. */
  readonly what: string;
  /** What comes of what it finds. */
  readonly why: string;
  readonly fix: string;
  /** Where to read on. */
  readonly link: string;
}

/** What a check makes of what it saw; what is left out is the check's own. */
export interface Verdict {
  readonly severity: Severity;
  readonly what: string;
  readonly why?: string;
  readonly fix?: string;
  readonly link?: string;
}

/** A verdict of a check that looks at several clusters at once. */
export interface PlacedVerdict extends Verdict {
  readonly cluster?: string;
  readonly peer?: string;
}

/** How a stack gets at a cluster: `own` deploys it, the others are peers (see PeerAccess). */
export type Access = "own" | "managed" | "provided";

/** One cluster as one stack sees it. */
export interface View {
  /** Name of the stack. */
  readonly stack: string;
  readonly config: ClusterConfig;
  readonly cluster: Cluster;
  readonly access: Access;
  /** The configuration key of the kubeconfig, e.g. `mesh:kubeconfigs.nhn`. */
  readonly key: string;
  /** Its text. */
  readonly text: string;
  /** Its text's current context. */
  readonly kubeconfig: ActiveContext;
}

/** A view with the way to ask its cluster. */
export interface LiveView extends View {
  readonly api: ClusterApi;
}

export interface PreflightCheck extends CheckInfo {
  run(mesh: OpenMesh, views: readonly LiveView[]): Promise<Outcome>;
}

/** What one check found in everything that answers. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** What it was not allowed to look at. */
  readonly refused: readonly Refused[];
}

export interface Refused {
  /** Name of the check. */
  readonly check: string;
  readonly view: View;
  /** The API server's own words. */
  readonly message: string;
}

/** What a check that looks at one cluster at a time consists of. */
interface ClusterCheck<F> extends CheckInfo {
  /** Which views it looks at; `own` by default. */
  readonly access?: readonly Access[];
  gather(view: LiveView): Promise<F>;
  judge(facts: F, view: View): readonly Verdict[];
}

/** What a check that compares clusters consists of. */
interface FleetCheck<F> extends CheckInfo {
  readonly access?: readonly Access[];
  gather(view: LiveView): Promise<F>;
  /** @param seen the clusters that answered */
  judge(seen: readonly Seen<F>[], mesh: OpenMesh): readonly PlacedVerdict[];
}

/** What a check that needs no cluster consists of. */
interface ConfigCheck extends CheckInfo {
  judge(
    mesh: OpenMesh,
    views: readonly View[],
  ): readonly PlacedVerdict[] | Promise<PlacedVerdict[]>;
}

export interface Seen<F> {
  readonly view: View;
  readonly facts: F;
}

export const clusterCheck = <F>(check: ClusterCheck<F>): PreflightCheck => ({
  ...infoOf(check),
  run: async (_mesh, views) => {
    const { seen, refused } = await look(check, views);
    const findings = seen.flatMap(({ view, facts }) =>
      check.judge(facts, view).map((verdict) => finding(check, { ...verdict, ...placeOf(view) })),
    );
    return { findings, refused };
  },
});

export const fleetCheck = <F>(check: FleetCheck<F>): PreflightCheck => ({
  ...infoOf(check),
  run: async (mesh, views) => {
    const { seen, refused } = await look(check, views);
    return { findings: check.judge(seen, mesh).map((verdict) => finding(check, verdict)), refused };
  },
});

export const configCheck = (check: ConfigCheck): PreflightCheck => ({
  ...infoOf(check),
  run: async (mesh, views) => {
    const verdicts = await check.judge(mesh, views);
    return { findings: verdicts.map((verdict) => finding(check, verdict)), refused: [] };
  },
});

export const ok = (what: string): Verdict => ({ severity: "ok", what });

/** Where a view's findings belong: the cluster; seen from a peer, with that peer's name. */
export const placeOf = ({ cluster, access, config }: View): { cluster: string; peer?: string } =>
  access === "own" ? { cluster: cluster.id } : { cluster: config.self.id, peer: cluster.id };

/** Fills in what the check says of all its findings. */
export const finding = (check: CheckInfo, verdict: PlacedVerdict): Finding => ({
  check: check.name,
  ...(verdict.severity !== "ok" &&
    verdict.severity !== "info" && { why: check.why, fix: check.fix, link: check.link }),
  ...verdict,
});

const infoOf = ({ name, severity, what, why, fix, link }: CheckInfo): CheckInfo => ({
  name,
  severity,
  what,
  why,
  fix,
  link,
});

/** What a check sees of each cluster; those that stop answering are left to `api-server`. */
async function look<F>(
  {
    name,
    access = ["own"],
    gather,
  }: CheckInfo & {
    readonly access?: readonly Access[];
    readonly gather: (view: LiveView) => Promise<F>;
  },
  views: readonly LiveView[],
): Promise<{ readonly seen: readonly Seen<F>[]; readonly refused: readonly Refused[] }> {
  const refused: Refused[] = [];
  const looked = views
    .filter((view) => access.includes(view.access))
    .map(async (view): Promise<Seen<F>[]> => {
      try {
        return [{ view, facts: await gather(view) }];
      } catch (error) {
        if (error instanceof Refusal) {
          refused.push({ check: name, view, message: error.message });
        } else if (!(error instanceof NoAnswer)) {
          throw error;
        }
        return [];
      }
    });
  return { seen: (await Promise.all(looked)).flat(), refused };
}
