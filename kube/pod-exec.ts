import type { EventEmitter } from "node:events";
import { PassThrough, Writable } from "node:stream";
import type { V1Pod, V1Status } from "@kubernetes/client-node";
import type { KubeClient } from "./client";

/** A container in which a command can be run. */
export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/**
 * Runs a command in a container to its end and returns its standard output.
 *
 * @throws Error with what it printed on standard error when it ends with another code than 0
 */
export async function execInPod(
  { config }: KubeClient,
  { namespace, pod, container }: ExecTarget,
  command: readonly string[],
): Promise<string> {
  const { Exec } = await import("@kubernetes/client-node");
  const stdout = collector();
  const stderr = collector();
  const status = await new Promise<V1Status>((resolve, reject) => {
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
      .then((socket: unknown) => (socket as EventEmitter).on("error", reject), reject);
  });
  if (status.status !== "Success") {
    throw new Error(
      `${command.join(" ")} in ${namespace}/${pod} failed: ${stderr.text().trim() || status.message || "no reason given"}`,
    );
  }
  return stdout.text();
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

function collector(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  return {
    stream: new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    }),
    text: () => Buffer.concat(chunks).toString("utf8"),
  };
}
