/** Who holds a stack's lock, as the CLI says it of its file backends (pulumi/pkg/backend/diy/lock.go). */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
}

export const lockHolders = (message: string): LockHolder[] =>
  [...message.matchAll(/created by \S*@(\S+) \(pid (\d+)\)/g)].map(([, host, pid]) => ({
    host: host as string,
    pid: Number(pid),
  }));

/**
 * Whether a lock is what a killed run left behind: every process that holds it was one of this
 * machine's, and is gone. Of other machines' processes nothing can be known from here.
 */
export const isStale = (
  holders: readonly LockHolder[],
  host: string,
  isAlive: (pid: number) => boolean,
): boolean => holders.length > 0 && holders.every((one) => one.host === host && !isAlive(one.pid));
