import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../../config/errors";

/**
 * Keeps a second run away from a stack. A lock left by a process that no longer runs is taken over.
 *
 * @returns the function that gives the lock back
 * @throws UserError while another process holds it
 */
export function lockStack(stateFile: string, stack: string): () => void {
  const file = `${stateFile}.lock`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      const descriptor = openSync(file, "wx", 0o600);
      writeSync(descriptor, `${process.pid} ${startTime(process.pid) ?? ""}`);
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
    }
    const holder = readHolder(file);
    if (holder !== undefined && isRunning(holder)) {
      throw new UserError(
        `stack ${stack} is being changed by process ${holder.pid}: wait until it has ended`,
      );
    }
    rmSync(file, { force: true });
  }
}

interface Holder {
  readonly pid: number;
  readonly started: string;
}

function readHolder(file: string): Holder | undefined {
  try {
    const [pid, started] = readFileSync(file, "utf8").split(" ");
    return { pid: Number(pid), started: started ?? "" };
  } catch {
    return undefined;
  }
}

/** A process ID alone may belong to another process by now, for example after a reboot. */
const isRunning = ({ pid, started }: Holder): boolean => startTime(pid) === started;

/** Start time of a process in clock ticks since the boot: field 22 of proc_pid_stat(5). */
function startTime(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}
