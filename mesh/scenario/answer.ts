import { setTimeout as sleep } from "node:timers/promises";
import { call, type GatewayPod } from "./call";

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
  gateway: GatewayPod,
  path: string,
  headers: Readonly<Record<string, string>>,
  second: number,
  signal: AbortSignal,
): Promise<Answer> {
  const start = performance.now();
  const reply = await call(gateway, { path, headers }, signal).catch(() => {
    signal.throwIfAborted();
    return { status: 0, cluster: undefined };
  });
  const { status, cluster } = reply;
  return { status, cluster, milliseconds: performance.now() - start, second };
}
