import { execFileSync } from "node:child_process";
import { UserError } from "../../config/errors";
import { exec } from "../exec";

/** One line each for our parsers, whatever language the user reads. */
export const APT_ENVIRONMENT = { LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" } as const;

/**
 * Versions that apt offers, from the output of `apt-cache policy`.
 *
 * @returns package ⇒ version, without the packages that apt doesn't know
 */
export function parseCandidates(policy: string): Map<string, string> {
  const candidates = new Map<string, string>();
  let name: string | undefined;
  for (const line of policy.split("\n")) {
    name = /^(\S+):$/.exec(line)?.[1] ?? name;
    const version = /^ {2}Candidate: (\S+)$/.exec(line)?.[1];
    if (name !== undefined && version !== undefined && version !== "(none)") {
      candidates.set(name, version);
    }
  }
  return candidates;
}

/** Names of the packages that `apt-get --simulate install` would install or upgrade. */
export const parseInstalls = (simulation: string): string[] =>
  [...simulation.matchAll(/^Inst (\S+) /gm)].map((match) => match[1] ?? "");

const offered = new Map<string, Map<string, string>>();

/** The version that apt offers of each of `packages`; asked once per process and package list. */
export function candidates(packages: readonly string[]): Map<string, string> {
  const question = packages.join(" ");
  const known = offered.get(question);
  if (known !== undefined) {
    return known;
  }
  const policy = execFileSync("apt-cache", ["policy", ...packages], {
    encoding: "utf8",
    env: { ...process.env, ...APT_ENVIRONMENT },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const answer = parseCandidates(policy);
  offered.set(question, answer);
  return answer;
}

/**
 * Fetches the package lists anew. A repository that fails is of no concern as long as apt offers
 * `packages` afterwards.
 *
 * @throws CommandError when fetching fails
 * @throws UserError when apt still doesn't know one of `packages`
 */
export async function updateLists(
  packages: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  progress("apt-get update");
  const failure = await exec("apt-get", ["update"], { env: APT_ENVIRONMENT, signal }).then(
    () => undefined,
    (error: Error) => error,
  );
  offered.clear();
  const unknown = packages.filter((name) => !candidates(packages).has(name));
  if (unknown.length > 0) {
    throw (
      failure ??
      new UserError(
        `apt offers no package ${unknown.join(", ")}: check the network, and that /etc/apt names a repository of Debian (component main), then run the command again.`,
      )
    );
  }
}

/** `apt-get --simulate install`: which packages the host lacks for `packages` to be installed. */
export async function packagesToInstall(
  packages: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const args = ["--simulate", "--no-install-recommends", "install", ...packages];
  return parseInstalls(await exec("apt-get", args, { env: APT_ENVIRONMENT, signal }));
}
