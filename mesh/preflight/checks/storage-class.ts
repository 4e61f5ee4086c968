import type { StorageClassProfile } from "../../../config/clouds";
import { clusterCheck, ok, type Verdict, type View } from "../check";
import type { Item } from "../cluster-api";
import { NODES, type NodeItem } from "../objects";
import { isPulumis, ownerOf } from "../ownership";
import { enumerate, unique } from "../text";

const DEFAULT = "storageclass.kubernetes.io/is-default-class";
const ZONE = "topology.kubernetes.io/zone";

export const storageClass = clusterCheck({
  name: "storage-class",
  severity: "error",
  what: "Whether claims without a StorageClass get one, exactly one, of a driver that is installed; and whether the class that mesh:storageClass lets the stack make is free to be made",
  why: "Claims of workloads that keep data stay pending without a default class.",
  fix: "Mark one class as default: kubectl annotate storageclass NAME storageclass.kubernetes.io/is-default-class=true.",
  link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass",
  async gather({ api }): Promise<StorageFacts> {
    const [classes, drivers, nodes] = await Promise.all([
      api.list<ClassItem>("/apis/storage.k8s.io/v1/storageclasses"),
      api.metadata("/apis/storage.k8s.io/v1/csidrivers"),
      api.list<NodeItem>(NODES),
    ]);
    return {
      classes: classes.map(({ metadata, provisioner, volumeBindingMode }) => ({
        name: metadata.name,
        isDefault: metadata.annotations?.[DEFAULT] === "true",
        provisioner,
        volumeBindingMode: volumeBindingMode ?? "Immediate",
        isPulumis: isPulumis(metadata),
        owner: ownerOf(metadata),
      })),
      drivers: drivers.map(({ metadata }) => metadata.name),
      zones: unique(nodes.flatMap(({ metadata }) => metadata.labels?.[ZONE] ?? [])),
    };
  },
  judge: judgeStorage,
});

interface ClassItem extends Item {
  readonly provisioner: string;
  readonly volumeBindingMode?: string;
}

export interface StorageFacts {
  readonly classes: readonly {
    readonly name: string;
    readonly isDefault: boolean;
    readonly provisioner: string;
    readonly volumeBindingMode: string;
    readonly isPulumis: boolean;
    readonly owner: string;
  }[];
  /** CSI drivers that are installed. */
  readonly drivers: readonly string[];
  readonly zones: readonly string[];
}

type StorageView = Pick<View, "cluster"> & {
  readonly config: { readonly platform: Pick<View["config"]["platform"], "storageClass"> };
};

export function judgeStorage(facts: StorageFacts, { cluster, config }: StorageView): Verdict[] {
  const { storageClass: ours } = config.platform;
  return ours === undefined ? existing(facts, cluster.cloud.storageClass) : toBeMade(facts, ours);
}

function toBeMade({ classes, drivers }: StorageFacts, ours: StorageClassProfile): Verdict[] {
  const same = classes.find(({ name }) => name === ours.name);
  const defaults = classes.filter(({ isDefault, name }) => isDefault && name !== ours.name);
  const fix = "Set mesh:storageClass to existing.";
  if (same !== undefined && !same.isPulumis) {
    return [
      {
        severity: "error",
        what: `StorageClass ${ours.name}, which the stack makes on this cloud, is there already, made by ${same.owner}.`,
        why: "Creating what exists fails.",
        fix,
      },
    ];
  }
  const verdicts: Verdict[] = [
    ...(defaults.length > 0
      ? [
          {
            severity: "warning" as const,
            what: `${enumerate(defaults.map(({ name }) => name))} is the default class already; the stack makes ${ours.name} one too.`,
            why: "Of two default classes the newer one counts.",
            fix,
          },
        ]
      : []),
    ...missingDriver(ours.provisioner, drivers),
  ];
  return verdicts.length > 0
    ? verdicts
    : [ok(`StorageClass ${ours.name} ${same ? "is ours" : "is to be made"}.`)];
}

function existing(
  { classes, drivers, zones }: StorageFacts,
  profile: StorageClassProfile | undefined,
): Verdict[] {
  const defaults = classes.filter(({ isDefault }) => isDefault);
  const [only] = defaults;
  if (only === undefined) {
    const others =
      classes.length > 0 ? `only ${enumerate(classes.map(({ name }) => name))}` : "no class at all";
    return [
      {
        severity: profile === undefined ? "info" : "warning",
        what: `No StorageClass is the default: the cluster has ${others}.`,
      },
    ];
  }
  if (defaults.length > 1) {
    return [
      {
        severity: "warning",
        what: `${enumerate(defaults.map(({ name }) => name))} are all default classes.`,
        why: "The newest of them counts, which may not be the one that is meant.",
        fix: "Take the annotation storageclass.kubernetes.io/is-default-class from all but one.",
      },
    ];
  }
  const verdicts = [
    ...missingDriver(only.provisioner, drivers),
    ...(only.volumeBindingMode === "Immediate" && zones.length > 1
      ? [
          {
            severity: "warning" as const,
            what: `StorageClass ${only.name} makes volumes at once, in any of ${zones.length} zones.`,
            why: "A pod that can't be put into its volume's zone stays pending.",
            fix: "Use a class with volumeBindingMode: WaitForFirstConsumer.",
            link: "https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode",
          },
        ]
      : []),
  ];
  return verdicts.length > 0 ? verdicts : [ok(`StorageClass ${only.name} is the default.`)];
}

/** Provisioners of other kinds have no object that would tell whether they run. */
const missingDriver = (provisioner: string, drivers: readonly string[]): Verdict[] =>
  provisioner.includes("csi") && !drivers.includes(provisioner)
    ? [
        {
          severity: "warning",
          what: `The default class is of the CSI driver ${provisioner}, which isn't installed${drivers.length > 0 ? ` (${enumerate(drivers)} is)` : ""}.`,
          why: "Nobody would make its volumes.",
          fix: "Install the driver, or correct the class's provisioner.",
        },
      ]
    : [];
