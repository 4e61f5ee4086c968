import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { THEATER, THEATER_PORTS } from "../../components/theater/constants";
import type { KubeClient } from "../../kube/client";
import { connectToPod } from "../../kube/port-forward";

/** What one request to the theater brought. */
export interface Answer {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Cluster that answered. */
  readonly cluster: string | undefined;
  readonly milliseconds: number;
  /** When it was sent, in seconds since the watching began. */
  readonly second: number;
}

export interface Watch {
  readonly paths: readonly string[];
  readonly requests: number;
  readonly perSecond: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 15_000;

/** A pod of the theater's gateway: whoever asks it, asks with its identity, through its proxy. */
export interface GatewayPod {
  readonly client: KubeClient;
  readonly pod: string;
}

/** Sends requests at a steady rate, and waits for the last answer. */
export async function watch(
  gateway: GatewayPod,
  { paths, requests, perSecond, headers = {} }: Watch,
  signal: AbortSignal,
): Promise<Answer[]> {
  const start = performance.now();
  const under: Promise<Answer>[] = [];
  for (let sent = 0; sent < requests; sent++) {
    const second = (performance.now() - start) / 1000;
    under.push(ask(gateway, paths[sent % paths.length] as string, headers, second, signal));
    await sleep(1000 / perSecond, undefined, { signal });
  }
  return Promise.all(under);
}

async function ask(
  { client, pod }: GatewayPod,
  path: string,
  headers: Readonly<Record<string, string>>,
  second: number,
  signal: AbortSignal,
): Promise<Answer> {
  const start = performance.now();
  const answer = (status: number, cluster?: string): Answer => ({
    status,
    cluster,
    milliseconds: performance.now() - start,
    second,
  });
  const target = { namespace: THEATER.namespace, pod, port: THEATER_PORTS["api-gateway"] };
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const stream = await connectToPod(client, target, limit);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        stream.once("close", () => reject(new Error("the connection was closed")));
        request(
          {
            path,
            headers: { ...headers, host: "localhost", connection: "close" },
            createConnection: () => stream,
          },
          (response) => {
            const cluster = response.headers["x-service-cluster"] as string | undefined;
            response
              .resume()
              .on("end", () => resolve(answer(response.statusCode ?? 0, cluster)))
              .on("error", reject);
          },
        )
          .on("error", reject)
          .end();
      });
    } finally {
      stream.destroy();
    }
  } catch {
    signal.throwIfAborted();
    return answer(0);
  }
}
