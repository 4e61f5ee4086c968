import { GO_VERSION, NODE_VERSION } from "./versions";
import { isSupported } from "./architecture";

/** What the decision needs to know of the machine; undefined = there is none. */
export interface PlatformFacts {
  /** `process.platform` */
  readonly os: string;
  /** `process.arch` */
  readonly arch: string;
  /** /etc/os-release */
  readonly osRelease: Readonly<Record<string, string>>;
  readonly uid: number;
  /** The `CapEff` bits of /proc/self/status. */
  readonly capabilities: bigint;
  readonly nodeVersion: string;
  /** The installed Go, and whether it fetches the newer one that a module asks for. */
  readonly go: { readonly version: string; readonly fetchesToolchains: boolean } | undefined;
  readonly hasPython: boolean;
  readonly hasPip: boolean;
  /** Folder of the cache, and the space that its file system has left. */
  readonly cache: string;
  readonly freeDiskMebibytes: number;
  readonly availableMemoryMebibytes: number;
}

/** What has to be done on the machine. */
export interface PlatformNeeds {
  readonly diskMebibytes: number;
  readonly memoryMebibytes: number;
  /** Whether Go programs have to be built. */
  readonly go: boolean;
  /** Whether a Python wheel has to be fetched. */
  readonly python: boolean;
}

type Check = (facts: PlatformFacts, needs: PlatformNeeds) => string | undefined;

const CAPABILITIES = { CAP_NET_ADMIN: 12, CAP_SYS_ADMIN: 21 } as const;

/** First Go release that reads the version that a module asks for and can fetch it. */
const GO_WITH_TOOLCHAINS = "1.21.0";

const OLDEST_DEBIAN = 12;

const CHECKS: readonly Check[] = [
  ({ os, arch }) =>
    os !== "linux" || !isSupported(arch)
      ? `The lab runs on Linux on x86_64 or arm64, this is ${os} on ${arch}: run it on a Debian ${OLDEST_DEBIAN} machine, virtual or not.`
      : undefined,
  ({ os, osRelease }) =>
    os === "linux" && !isDebian(osRelease)
      ? `The lab takes packages from Debian ${OLDEST_DEBIAN} or newer, this is ${osRelease["PRETTY_NAME"] ?? "an unknown system"}: run it on Debian ${OLDEST_DEBIAN} or a system based on it.`
      : undefined,
  ({ uid }) =>
    uid !== 0
      ? "The lab makes network namespaces, cgroups and mounts, which only root may: run it as root."
      : undefined,
  ({ os, uid, capabilities }) => {
    const lacking = Object.entries(CAPABILITIES)
      .filter(([, bit]) => (capabilities & (1n << BigInt(bit))) === 0n)
      .map(([name]) => name);
    return os === "linux" && uid === 0 && lacking.length > 0
      ? `The lab needs ${lacking.join(" and ")}, which this environment takes from root: run it on a machine of its own or in a privileged container.`
      : undefined;
  },
  ({ nodeVersion }) =>
    isOlder(nodeVersion, NODE_VERSION)
      ? `The lab needs Node.js ${NODE_VERSION} or newer, this is ${nodeVersion}: install a newer one from https://nodejs.org/.`
      : undefined,
  ({ go }, needs) => {
    if (!needs.go || (go !== undefined && !isOlder(go.version, GO_VERSION))) {
      return undefined;
    }
    if (go === undefined) {
      return `There is no \`go\` on the PATH: install Go ${GO_VERSION} or newer from https://go.dev/dl/.`;
    }
    return go.fetchesToolchains && !isOlder(go.version, GO_WITH_TOOLCHAINS)
      ? undefined
      : `The lab needs Go ${GO_VERSION} or newer, this is ${go.version}: install a newer one from https://go.dev/dl/${isOlder(go.version, GO_WITH_TOOLCHAINS) ? "" : ", or set GOTOOLCHAIN=auto to let it fetch one"}.`;
  },
  ({ hasPython, hasPip }, needs) =>
    needs.python && !(hasPython && hasPip)
      ? `There is no ${hasPython ? "pip for `python3`" : "`python3` on the PATH"}: run \`apt-get install python3 python3-pip\`.`
      : undefined,
  ({ cache, freeDiskMebibytes }, needs) =>
    freeDiskMebibytes < needs.diskMebibytes
      ? `The lab needs ${gibibytes(needs.diskMebibytes)} of free disk for ${cache}, there are ${gibibytes(freeDiskMebibytes)}: free some or point MESH_LAB_CACHE at a larger disk.`
      : undefined,
  ({ availableMemoryMebibytes }, needs) =>
    availableMemoryMebibytes < needs.memoryMebibytes
      ? `The lab needs ${gibibytes(needs.memoryMebibytes)} of available memory, there are ${gibibytes(availableMemoryMebibytes)}: close other programs or use a larger machine.`
      : undefined,
];

/**
 * Everything that keeps the lab from running on a machine.
 *
 * @returns one sentence per obstacle, each with what to do; none when there is none
 */
export const platformObstacles = (facts: PlatformFacts, needs: PlatformNeeds): string[] =>
  CHECKS.map((check) => check(facts, needs)).filter((sentence) => sentence !== undefined);

/** Testing and unstable have no VERSION_ID; systems based on Debian count versions of their own. */
function isDebian(osRelease: Readonly<Record<string, string>>): boolean {
  if (osRelease["ID"] === "debian") {
    return Number(osRelease["VERSION_ID"] ?? OLDEST_DEBIAN) >= OLDEST_DEBIAN;
  }
  return (osRelease["ID_LIKE"] ?? "").split(" ").includes("debian");
}

/** Whether `version` comes before `floor`; both `1.2` or `1.2.3`, whatever follows is ignored. */
export function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) =>
    (/\d+(\.\d+)*/.exec(text)?.[0] ?? "0").split(".").map(Number),
  ) as [number[], number[]];
  const difference = [0, 1, 2].map((at) => (a[at] ?? 0) - (b[at] ?? 0)).find((by) => by !== 0);
  return (difference ?? 0) < 0;
}

const gibibytes = (mebibytes: number): string => `${(mebibytes / 1024).toFixed(1)} GiB`;
