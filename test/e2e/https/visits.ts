import { setTimeout as sleep } from "node:timers/promises";
import { askSecurely, type Place } from "./visitor";

const PAUSE_MS = 20;

/** What constant traffic met with. */
export interface Visits {
  readonly count: number;
  /** Serial numbers of the certificates that were shown, in order. */
  readonly serials: readonly string[];
  readonly failures: readonly string[];
}

/** Visits a host over and over, each time with a handshake of its own, while something is done. */
export async function visitsDuring(
  place: Place,
  roots: string,
  work: (visits: () => Visits) => Promise<void>,
): Promise<Visits> {
  let count = 0;
  let over = false;
  const serials: string[] = [];
  const failures: string[] = [];
  const result = (): Visits => ({ count, serials, failures });
  const visitor = async (): Promise<void> => {
    while (!over) {
      try {
        const { status, serial = "" } = await askSecurely(place, roots, { path: "/health" });
        if (status !== 200) {
          failures.push(`status ${status}`);
        }
        if (!serials.includes(serial)) {
          serials.push(serial);
        }
      } catch (error) {
        failures.push((error as Error).message);
      }
      count += 1;
      await sleep(PAUSE_MS);
    }
  };
  const visitors = [visitor(), visitor()];
  try {
    await work(result);
  } finally {
    over = true;
    await Promise.all(visitors);
  }
  return result();
}
