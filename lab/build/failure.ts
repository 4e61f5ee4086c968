import { UserError } from "../../config/errors";
import { CommandError } from "../exec";

interface Explanation {
  readonly pattern: RegExp;
  readonly cause: string;
  readonly fix: string;
}

/** What fetching and building tools print, and what the user can do about it; the first match wins. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /no space left on device|not enough free space/i,
    cause: "the disk is full",
    fix: "free some space or point MESH_LAB_CACHE at a larger disk, then run the command again",
  },
  {
    pattern: /checksum mismatch|do not match the hashes|hash sum mismatch|SECURITY ERROR/i,
    cause: "a downloaded file has another checksum than the pinned one",
    fix: "check the registry mirror or proxy in use, then run the command again",
  },
  {
    pattern:
      /no such host|temporary failure|could not resolve|network is unreachable|connection (refused|reset)|i\/o timeout|handshake timeout|timed out|failed to establish a new connection|could not connect|proxyconnect/i,
    cause: "a package registry cannot be reached",
    fix: "check the network and the proxy settings, then run the command again, which keeps what was fetched",
  },
  {
    pattern: /could not get lock|unable to lock/i,
    cause: "another program is using apt",
    fix: "wait for it to end, then run the command again",
  },
  {
    pattern: /signal: killed|cannot allocate memory|out of memory/i,
    cause: "the memory ran out",
    fix: "close other programs or use a machine with 8 GiB, then run the command again",
  },
];

/**
 * The error to show for `error`: one sentence where its cause is known, else `error` itself.
 *
 * @param what what could not be made, the subject of the sentence
 */
export function explained(what: string, error: unknown): unknown {
  if (isMissingCommand(error)) {
    return new UserError(`${what} failed because there is no \`${error.path}\`: install it.`);
  }
  if (!(error instanceof CommandError)) {
    return error;
  }
  const known = EXPLANATIONS.find(({ pattern }) => pattern.test(error.output));
  return known === undefined
    ? error
    : new UserError(`${what} failed because ${known.cause}: ${known.fix}.`);
}

function isMissingCommand(error: unknown): error is NodeJS.ErrnoException & { path: string } {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  return code === "ENOENT" && syscall?.startsWith("spawn") === true && path !== undefined;
}
