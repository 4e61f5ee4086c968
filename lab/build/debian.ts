import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, exec } from "../exec";
import { paths } from "../paths";
import { architecture } from "./architecture";
import { APT_ENVIRONMENT, candidates, packagesToInstall, updateLists } from "./apt";
import { isComplete, keyOf, writeEntry } from "./entry";

type Progress = (line: string) => void;

/**
 * Packages that are unpacked into the cache instead of installed, with the shared libraries that
 * the host lacks for them. A further package is a further line.
 */
export const DEBIAN_PACKAGES = [
  "etcd-server",
  "containerd",
  "runc",
  "containernetworking-plugins",
  "iptables",
  "conntrack",
  "socat",
  "redis-tools",
] as const;

/** Names that installing the package `iptables` would add through update-alternatives. */
export const IPTABLES_COMMANDS = [
  "iptables",
  "iptables-save",
  "iptables-restore",
  "ip6tables",
  "ip6tables-save",
  "ip6tables-restore",
] as const;

/** Cache entry of the unpacked packages, a tree like `/`; undefined when apt doesn't know them all. */
export function debianEntry(): string | undefined {
  const offered = candidates(DEBIAN_PACKAGES);
  return offered.size < DEBIAN_PACKAGES.length
    ? undefined
    : join(paths.cache, `debian-${keyOf([...offered], process.arch)}`);
}

export const hasDebianPackages = (): boolean => {
  const entry = debianEntry();
  return entry !== undefined && isComplete(entry);
};

/** Downloads, checked against apt's signed lists, and unpacks {@link DEBIAN_PACKAGES}. */
export async function makeDebianPackages(progress: Progress, signal: AbortSignal): Promise<void> {
  if (debianEntry() === undefined) {
    await updateLists(DEBIAN_PACKAGES, progress, signal);
  }
  try {
    await unpackPackages(progress, signal);
  } catch (error) {
    // Mirrors drop superseded versions, which lists of an earlier day still name.
    if (!(error instanceof CommandError && /\b404\b/.test(error.output))) {
      throw error;
    }
    await updateLists(DEBIAN_PACKAGES, progress, signal);
    await unpackPackages(progress, signal);
  }
}

async function unpackPackages(progress: Progress, signal: AbortSignal): Promise<void> {
  const offered = candidates(DEBIAN_PACKAGES);
  await writeEntry(debianFolders().root, async (folder) => {
    const lacking = await packagesToInstall(DEBIAN_PACKAGES, signal);
    const libraries = lacking.filter((name) => !offered.has(name));
    const wanted = [...[...offered].map(([name, version]) => `${name}=${version}`), ...libraries];
    const download = join(folder, "download");
    await mkdir(download);
    progress(`downloading ${wanted.length} packages`);
    // Root's own folder is out of reach for the user `_apt`.
    const args = ["--option", "APT::Sandbox::User=root", "download", ...wanted];
    await exec("apt-get", args, { cwd: download, env: APT_ENVIRONMENT, signal });
    for (const archive of (await readdir(download)).sort()) {
      progress(`unpacking ${archive}`);
      await exec("dpkg-deb", ["--extract", join(download, archive), folder], { signal });
    }
    for (const command of IPTABLES_COMMANDS) {
      await symlink("xtables-nft-multi", join(folder, "usr/sbin", command));
    }
    await rm(download, { recursive: true });
  });
}

/** Folders of the unpacked packages by what they hold. */
export interface DebianFolders {
  readonly root: string;
  readonly commands: readonly string[];
  readonly libraries: readonly string[];
  readonly cniPlugins: string;
  /** Extensions that iptables loads at run time. */
  readonly xtables: string;
}

/** @throws Error when apt doesn't know the packages, which {@link makeDebianPackages} repairs */
export function debianFolders(): DebianFolders {
  const root = debianEntry();
  if (root === undefined) {
    throw new Error("apt doesn't offer the lab's Debian packages, so none can be in the cache");
  }
  const { multiarch } = architecture();
  return {
    root,
    commands: ["usr/sbin", "usr/bin", "sbin", "bin"].map((folder) => join(root, folder)),
    libraries: [`usr/lib/${multiarch}`, `lib/${multiarch}`].map((folder) => join(root, folder)),
    cniPlugins: join(root, "usr/lib/cni"),
    xtables: join(root, `usr/lib/${multiarch}/xtables`),
  };
}

/** Environment with which the unpacked programs run, and find each other, where they are. */
export interface ToolEnvironment extends Record<string, string> {
  readonly PATH: string;
  readonly LD_LIBRARY_PATH: string;
  readonly XTABLES_LIBDIR: string;
}

/** @param extraCommands folders of further programs, looked at before the host's */
export function debianEnvironment(extraCommands: readonly string[]): ToolEnvironment {
  const { commands, libraries, xtables } = debianFolders();
  // A root shell's PATH may lack the sbin folders, where ip, sysctl and mount helpers are.
  const hostCommands = [process.env["PATH"] ?? "", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  return {
    PATH: [...commands, ...extraCommands, ...hostCommands].filter(Boolean).join(":"),
    LD_LIBRARY_PATH: libraries.join(":"),
    XTABLES_LIBDIR: xtables,
  };
}
