import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { exec } from "../exec";
import { paths } from "../paths";
import type { PlatformFacts } from "./platform";

/** Looks at this machine; changes nothing. */
export async function platformFacts(): Promise<PlatformFacts> {
  const [go, hasPython, hasPip, freeDiskMebibytes] = await Promise.all([
    installedGo(),
    succeeds("python3", ["--version"]),
    succeeds("python3", ["-c", "import pip"]),
    freeDisk(paths.cache),
  ]);
  return {
    os: process.platform,
    arch: process.arch,
    osRelease: parseOsRelease(readIfThere("/etc/os-release")),
    uid: process.getuid?.() ?? -1,
    capabilities: parseCapabilities(readIfThere("/proc/self/status")),
    nodeVersion: process.versions.node,
    go,
    hasPython,
    hasPip,
    cache: paths.cache,
    freeDiskMebibytes,
    availableMemoryMebibytes: parseAvailableMemory(readIfThere("/proc/meminfo")),
  };
}

/** `KEY="value"` lines, quotes taken off. */
export const parseOsRelease = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=(["']?)(.*)\2$/gm)].map(([, key, , value]) => [key, value]),
  ) as Record<string, string>;

/** All bits set where the kernel doesn't say. */
export const parseCapabilities = (status: string): bigint =>
  BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "f".repeat(16)}`);

/** MiB; unlimited where the kernel doesn't say. */
export const parseAvailableMemory = (meminfo: string): number =>
  Number(/^MemAvailable:\s*(\d+) kB$/m.exec(meminfo)?.[1] ?? Infinity) / 1024;

/** The Go that is installed, not one that it would fetch for a module. */
async function installedGo(): Promise<PlatformFacts["go"]> {
  try {
    const output = await exec("go", ["env", "-json", "GOVERSION", "GOTOOLCHAIN"], { cwd: "/" });
    const { GOVERSION, GOTOOLCHAIN } = JSON.parse(output) as Record<string, string | undefined>;
    return {
      version: (GOVERSION ?? "").replace(/^go/, ""),
      fetchesToolchains: /(^|\+)auto$/.test(GOTOOLCHAIN ?? ""),
    };
  } catch {
    return undefined;
  }
}

async function freeDisk(folder: string): Promise<number> {
  if (!existsSync(folder)) {
    return freeDisk(dirname(folder));
  }
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / 2 ** 20;
}

const succeeds = (command: string, args: readonly string[]): Promise<boolean> =>
  exec(command, args).then(
    () => true,
    () => false,
  );

const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
