import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { exec } from "../exec";
import { APT_ENVIRONMENT, candidates, updateLists } from "./apt";

/**
 * Commands and files that the lab takes from the host, with the Debian package that brings each.
 * Nearly every installation has them all; minimal ones, like container images, lack some.
 */
export const HOST_TOOLS: Readonly<Record<string, string>> = {
  ip: "iproute2",
  nsenter: "util-linux",
  unshare: "util-linux",
  mount: "mount",
  ldd: "libc-bin",
  "/etc/ssl/certs/ca-certificates.crt": "ca-certificates",
};

/** Packages to install for the tools that `has` doesn't find, each once. */
export const lackingPackages = (has: (tool: string) => boolean): string[] => [
  ...new Set(
    Object.entries(HOST_TOOLS)
      .filter(([tool]) => !has(tool))
      .map(([, name]) => name),
  ),
];

export function hostHas(tool: string): boolean {
  if (isAbsolute(tool)) {
    return existsSync(tool);
  }
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return [...folders, "/usr/sbin", "/sbin"].some((folder) => isExecutable(join(folder, tool)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installs what {@link lackingPackages} names: the one thing that the lab changes on the host. */
export const installHostPackages = (
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> => installPackages(lackingPackages(hostHas), progress, signal);

/** Installs Debian packages, after fetching the lists anew where apt doesn't know one of them. */
export async function installPackages(
  packages: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (packages.length === 0) {
    return;
  }
  if (candidates(packages).size < packages.length) {
    await updateLists(packages, progress, signal);
  }
  progress(`apt-get install ${packages.join(" ")}`);
  // Without a terminal of its own dpkg prints no progress bars.
  const quiet = ["--quiet", "--option", "Dpkg::Use-Pty=0"];
  const args = [...quiet, "--yes", "--no-install-recommends", "install", ...packages];
  await exec("apt-get", args, { env: APT_ENVIRONMENT, onLine: progress, signal });
}
