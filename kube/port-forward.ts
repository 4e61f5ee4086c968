import type { EventEmitter } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { Duplex, PassThrough, Writable } from "node:stream";
import type { KubeClient } from "./client";
import { toError } from "./error";

/** A port of a pod, as a process in that pod reaches it at `localhost`. */
export interface PodPort {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

/** The part of a WebSocket that is used here. */
type Socket = EventEmitter & { close(): void; terminate(): void };

/**
 * Connects to a port of a pod through the API server, as `kubectl port-forward` does: it needs no
 * program in the container, and what listens there takes the connection for one of the pod's own.
 *
 * @param signal ends the connection
 * @throws Error where the API server refuses; what the pod refuses comes as the stream's error
 */
export async function connectToPod(
  { config }: KubeClient,
  { namespace, pod, port }: PodPort,
  signal: AbortSignal,
): Promise<Duplex> {
  const { PortForward } = await import("@kubernetes/client-node");
  const sent = new PassThrough();
  let socket: Socket | undefined;
  const stream = new Duplex({
    signal,
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => sent.write(chunk, done),
    final: (done) => {
      sent.end();
      done();
    },
    destroy: (error, done) => {
      socket?.terminate();
      done(error);
    },
  });
  // The connection's end by `signal` is also told to whoever waits for it to be made.
  stream.on("error", () => undefined);
  const received = sink((chunk) => stream.push(chunk));
  const refused = sink((chunk) => {
    const reason = chunk.toString("utf8").trim();
    if (reason !== "") {
      stream.destroy(new Error(reason));
    }
  });
  try {
    const made: unknown = await new PortForward(config).portForward(
      namespace,
      pod,
      [port],
      received,
      refused,
      sent,
    );
    socket = made as Socket;
  } catch (error) {
    stream.destroy();
    throw toError(error);
  }
  socket.on("close", () => stream.push(null));
  socket.on("error", (error: unknown) => stream.destroy(toError(error)));
  if (stream.destroyed) {
    socket.terminate();
    signal.throwIfAborted();
  }
  return stream;
}

/**
 * GETs a path from an HTTP server that listens in a pod, at `localhost` as it sees it.
 *
 * @throws Error also for every status but 200
 */
export async function getFromPod(
  client: KubeClient,
  target: PodPort,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const stream = await connectToPod(client, target, signal);
  try {
    return await new Promise<string>((resolve, reject) => {
      whenOver(stream, reject);
      request(
        {
          path,
          headers: { host: "localhost", connection: "close" },
          createConnection: () => stream,
        },
        (response) => void text(response).then(resolve, reject),
      )
        .on("error", reject)
        .end();
    });
  } finally {
    stream.destroy();
  }
}

/** Calls `fail` once the stream has ended, by whichever side; at once where that was before. */
export function whenOver(stream: Duplex, fail: (error: Error) => void): void {
  const over = (): void => fail(stream.errored ?? new Error("the connection was closed"));
  if (stream.destroyed) {
    over();
  } else {
    stream.once("close", over);
  }
}

async function text(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks).toString("utf8");
  if (response.statusCode !== 200) {
    throw new Error(`the answer was ${response.statusCode}: ${body.trim().slice(0, 200)}`);
  }
  return body;
}

const sink = (take: (chunk: Buffer) => void): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(chunk);
      done();
    },
  });
