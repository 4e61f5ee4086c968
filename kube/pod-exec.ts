import type { EventEmitter } from "node:events";
import { PassThrough, Writable } from "node:stream";
import type { V1Pod, V1Status } from "@kubernetes/client-node";
import type { KubeClient } from "./client";
import { toError } from "./error";

/** A container in which a command can be run. */
export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

export interface ExecOptions {
  /** Ends the waiting; the command itself then goes on, with nobody listening. */
  readonly signal?: AbortSignal;
  /** Called with every piece of standard output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs a command in a container to its end and returns its standard output.
 *
 * @throws CommandFailed with what it printed on standard error when it ends with another code than 0
 */
export async function execInPod(
  { config }: KubeClient,
  { namespace, pod, container }: ExecTarget,
  command: readonly string[],
  { signal, onOutput = () => undefined }: ExecOptions = {},
): Promise<string> {
  const { Exec } = await import("@kubernetes/client-node");
  const stdout = collector(onOutput);
  const stderr = collector();
  const status = await new Promise<V1Status>((resolve, reject) => {
    const fail = (error: unknown): void => reject(toError(error));
    const stop = (): void => fail(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    new Exec(config)
      .exec(
        namespace,
        pod,
        container,
        [...command],
        stdout.stream,
        stderr.stream,
        new PassThrough().end(),
        false,
        resolve,
      )
      .then((made: unknown) => {
        const socket = made as EventEmitter & { terminate(): void };
        socket.on("error", fail);
        socket.on("close", () => {
          signal?.removeEventListener("abort", stop);
          fail(new Error(`the connection to ${namespace}/${pod} ended early`));
        });
        signal?.addEventListener("abort", () => socket.terminate(), { once: true });
      }, fail);
  });
  if (status.status !== "Success") {
    throw new CommandFailed(
      command,
      `${namespace}/${pod}`,
      stderr.text().trim() || (status.message ?? "no reason given"),
    );
  }
  return stdout.text();
}

/** A command was run, and ended with another code than 0. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";

  constructor(
    command: readonly string[],
    pod: string,
    /** What it printed on standard error. */
    readonly reason: string,
  ) {
    super(`${command.join(" ")} in ${pod} failed: ${reason}`);
  }
}

/** The first pod with these labels that runs and is not on its way out. */
export async function findPod(
  { core }: KubeClient,
  namespace: string,
  labelSelector: string,
): Promise<V1Pod | undefined> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  return items.find(
    ({ metadata, status }) =>
      metadata?.deletionTimestamp === undefined &&
      status?.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True"),
  );
}

function collector(take: (text: string) => void = () => undefined): {
  stream: Writable;
  text: () => string;
} {
  const chunks: Buffer[] = [];
  return {
    stream: new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        take(chunk.toString("utf8"));
        done();
      },
    }),
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}
