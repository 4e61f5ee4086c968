import autocannon from "autocannon";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median, round } from "./run";

const ROUNDS = 9;
const SECONDS_PER_ROUND = 1;
const CONNECTIONS = 20;
const START_MILLISECONDS = 20_000;

/** Requests per second of one round each. */
export interface Round {
  readonly gateway: number;
  readonly bare: number;
}

/** Medians, and the median of the rounds' ratios: what slows a round down slows both sides down. */
export const compare = (rounds: readonly Round[]) => ({
  gatewayRequestsPerSecond: round(median(rounds.map(({ gateway }) => gateway)), 0),
  bareRequestsPerSecond: round(median(rounds.map(({ bare }) => bare)), 0),
  gatewayToBare: round(median(rounds.map(({ gateway, bare }) => gateway / bare))),
});

/**
 * Throughput of the theater's gateway, as it runs in a pod, beside that of a bare Fastify proxy, by
 * turns and each in a process of its own. Needs neither a cluster nor redis.
 */
export async function benchTheater(): Promise<object> {
  const [upstreamPort, barePort, gatewayPort, managementPort] = await freePorts(4);
  const url = `http://127.0.0.1:${upstreamPort}`;
  const server = join(__dirname, "theater-server.ts");
  const children = [
    run(server, ["upstream", String(upstreamPort)]),
    run(server, ["bare", String(barePort), url]),
    run(join(__dirname, "../apps/theater/src/api-gateway.ts"), [], {
      PORT: String(gatewayPort),
      MANAGEMENT_PORT: String(managementPort),
      USER_SERVICE_URL: url,
    }),
  ];
  try {
    const targets = { gateway: gatewayPort, bare: barePort };
    await Promise.all(Object.values(targets).map(untilAnswered));
    // Both are compiled by then.
    await measure(targets.gateway);
    await measure(targets.bare);
    const rounds: Round[] = [];
    for (let done = 0; done < ROUNDS; done++) {
      rounds.push({ gateway: await measure(targets.gateway), bare: await measure(targets.bare) });
    }
    return { proxy: { connections: CONNECTIONS, rounds: ROUNDS, ...compare(rounds) } };
  } finally {
    children.forEach((child) => child.kill("SIGKILL"));
  }
}

const addressOf = (port: number | undefined): string => `http://127.0.0.1:${port}/users/`;

async function measure(port: number | undefined): Promise<number> {
  const { requests, errors, non2xx } = await autocannon({
    url: addressOf(port),
    connections: CONNECTIONS,
    duration: SECONDS_PER_ROUND,
  });
  if (errors + non2xx > 0) {
    throw new Error(`${errors + non2xx} requests failed, so the figures mean nothing`);
  }
  return requests.average;
}

function run(
  file: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", file, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function untilAnswered(port: number | undefined): Promise<void> {
  const end = Date.now() + START_MILLISECONDS;
  for (;;) {
    try {
      if ((await fetch(addressOf(port))).ok) {
        return;
      }
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
    }
    await sleep(50);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
