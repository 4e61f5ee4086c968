import { UserError } from "../config/errors";
import type { Cluster, ClusterConfig, Mesh, TrustConfig } from "../config/model";
import { clientFromText, type KubeClient } from "../kube/client";
import { stackFiles, type Project } from "./project";
import { readSettings, type StackSettings } from "./settings";

/** The stacks of one mesh, read from their files. */
export interface OpenMesh {
  readonly mesh: Mesh;
  /** Absent where the project has no trust stack, or it wasn't asked for. */
  readonly trust: StackSettings<TrustConfig> | undefined;
  readonly members: readonly Member[];
}

/** One cluster of the mesh with its stack. */
export interface Member {
  readonly cluster: Cluster;
  readonly settings: StackSettings<ClusterConfig>;
  /** By its own kubeconfig; made when first asked for. */
  client(): Promise<KubeClient>;
}

/**
 * Opens the stacks of a project.
 *
 * @param names stacks; every `Pulumi.<stack>.yaml` of the project by default
 * @throws UserError where a stack has no file, or its configuration is wrong
 */
export async function openMesh(project: Project, names: readonly string[] = []): Promise<OpenMesh> {
  const stacks = await Promise.all(
    chooseStacks(stackFiles(project), names, project.dir).map((stack) =>
      readSettings(project, stack),
    ),
  );
  const members = stacks.filter(isCluster).map(toMember);
  const [first] = stacks;
  if (first === undefined) {
    throw new UserError(`${project.dir} has no file Pulumi.<stack>.yaml: add one per stack`, 2);
  }
  return {
    mesh: first.config.mesh,
    trust: stacks.find(isTrust),
    members: members.sort((one, other) => one.cluster.index - other.cluster.index),
  };
}

/** The stacks to open, of those that have a file. @throws UserError for one that has none */
export function chooseStacks(
  existing: readonly string[],
  names: readonly string[],
  dir: string,
): readonly string[] {
  const stranger = names.find((name) => !existing.includes(name));
  if (stranger !== undefined) {
    throw new UserError(
      `Stack ${stranger} has no file Pulumi.${stranger}.yaml in ${dir}: write ${existing.join(" or ") || "one first"}`,
      2,
    );
  }
  return names.length > 0 ? [...new Set(names)] : existing;
}

function toMember(settings: StackSettings<ClusterConfig>): Member {
  const { self } = settings.config;
  let client: Promise<KubeClient> | undefined;
  return {
    cluster: self,
    settings,
    client: () => (client ??= clientFromText(settings.kubeconfigs[self.id] as string)),
  };
}

const isTrust = (settings: StackSettings): settings is StackSettings<TrustConfig> =>
  settings.config.kind === "trust";

const isCluster = (settings: StackSettings): settings is StackSettings<ClusterConfig> =>
  settings.config.kind === "cluster";
