import { clusterCheck, ok, type LiveView, type Verdict } from "../check";
import type { Metadata } from "../cluster-api";
import { isPulumis, ownerOf } from "../ownership";
import { ownObjects, readerObjects } from "../stack-objects";
import { enumerate } from "../text";

export const takenNames = clusterCheck({
  name: "taken-names",
  severity: "error",
  what: "Whether objects that the stack creates under fixed names are there already and not Pulumi's: cacerts, remote secrets, the reader's namespace and role on a peer",
  why: "Creating what exists fails, and overwriting a CA or a kubeconfig of somebody else's would break their mesh.",
  fix: "Delete them if nothing needs them, or pulumi import them into the stack.",
  link: "https://www.pulumi.com/docs/iac/adopting-pulumi/import/",
  access: ["own", "managed"],
  gather: gatherTaken,
  judge: judgeTaken,
});

export interface TakenName {
  /** e.g. `Secret istio-system/cacerts` */
  readonly what: string;
  readonly metadata: Metadata;
}

async function gatherTaken({ api, access, config }: LiveView): Promise<readonly TakenName[]> {
  const objects = access === "own" ? ownObjects(config) : readerObjects(config);
  const found = await Promise.all(
    objects.map(async ({ what, path }) => ({ what, metadata: await api.readMetadata(path) })),
  );
  return found.flatMap(({ what, metadata }) => (metadata ? [{ what, metadata }] : []));
}

export function judgeTaken(taken: readonly TakenName[]): Verdict[] {
  const foreign = taken.filter(({ metadata }) => !isPulumis(metadata));
  const leaving = taken.filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
  if (leaving.length > 0) {
    return [
      {
        severity: "error",
        what: `${enumerate(leaving.map(({ what }) => what))} ${leaving.length === 1 ? "is" : "are"} still being deleted.`,
        why: "Nothing of that name can be created until it is gone.",
        fix: "Wait; if it stays, kubectl get -o yaml shows the finalizer that holds it.",
        link: "https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/",
      },
    ];
  }
  return foreign.length > 0
    ? [
        {
          severity: "error",
          what: `${enumerate(foreign.map(({ what, metadata }) => `${what} (by ${ownerOf(metadata)})`))} ${foreign.length === 1 ? "exists" : "exist"} already, and ${foreign.length === 1 ? "isn't" : "aren't"} Pulumi's.`,
        },
      ]
    : [ok(taken.length > 0 ? "What is there under our names is Pulumi's." : "Our names are free.")];
}
