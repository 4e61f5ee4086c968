import { mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isAlive } from "../cli/process";
import { UserError } from "../config/errors";

/** Outside the run folder, which `down` removes while it holds the lock. */
const LOCK_FILE = "/run/mesh-lab.lock";

/**
 * Does `work` while no other command changes the lab.
 *
 * @throws UserError naming the process that is at it
 */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(LOCK_FILE), { recursive: true });
  await acquire();
  try {
    return await work();
  } finally {
    await rm(LOCK_FILE, { force: true });
  }
}

async function acquire(): Promise<void> {
  for (;;) {
    try {
      const file = await open(LOCK_FILE, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
      const holder = Number(await readFile(LOCK_FILE, "utf8").catch(() => ""));
      if (holder > 0 && isAlive(holder)) {
        throw new UserError(
          `Process ${holder} is changing the lab (${LOCK_FILE}): wait for it to end, or end it`,
        );
      }
      // Left behind by a run that was killed.
      await rm(LOCK_FILE, { force: true });
    }
  }
}
