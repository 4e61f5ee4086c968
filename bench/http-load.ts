import autocannon, { type Options, type Result } from "autocannon";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const START_MILLISECONDS = 20_000;

/** Runs a TypeScript file as a process of its own; what it logs goes nowhere. */
export const runServer = (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn(process.execPath, ["--import", "tsx", file, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });

/** @throws Error of the last try when nothing answers with a success in time */
export async function untilAnswered(url: string): Promise<void> {
  const end = Date.now() + START_MILLISECONDS;
  for (;;) {
    try {
      const { ok, status } = await fetch(url);
      if (ok) {
        return;
      }
      throw new Error(`${url} answers with status ${status}`);
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
    }
    await sleep(50);
  }
}

/** @throws Error when a request failed, so that the figures would mean nothing */
export async function load(options: Options): Promise<Result> {
  const result = await autocannon(options);
  const failed = result.errors + result.non2xx;
  if (failed > 0) {
    throw new Error(`${failed} requests failed, so the figures mean nothing`);
  }
  return result;
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
