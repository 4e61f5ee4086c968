import { join } from "node:path";
import { freePorts, load, runServer, untilAnswered } from "./http-load";
import { median, round } from "./run";

const ROUNDS = 9;
const SECONDS_PER_ROUND = 1;
const CONNECTIONS = 20;

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
    runServer(server, ["upstream", String(upstreamPort)]),
    runServer(server, ["bare", String(barePort), url]),
    runServer(join(__dirname, "../apps/theater/src/api-gateway.ts"), [], {
      PORT: String(gatewayPort),
      MANAGEMENT_PORT: String(managementPort),
      USER_SERVICE_URL: url,
    }),
  ];
  try {
    const targets = { gateway: gatewayPort, bare: barePort };
    await Promise.all(Object.values(targets).map((port) => untilAnswered(addressOf(port))));
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
  const { requests } = await load({
    url: addressOf(port),
    connections: CONNECTIONS,
    duration: SECONDS_PER_ROUND,
  });
  return requests.average;
}
