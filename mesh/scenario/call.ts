import { request } from "node:http";
import { THEATER, THEATER_PORTS } from "../../components/theater/constants";
import type { KubeClient } from "../../kube/client";
import { connectToPod } from "../../kube/port-forward";

/** A pod of the theater's gateway: whoever asks it, asks with its identity, through its proxy. */
export interface GatewayPod {
  readonly client: KubeClient;
  readonly pod: string;
}

export interface Call {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; without it nothing is sent. */
  readonly body?: unknown;
}

export interface Reply {
  readonly status: number;
  /** Cluster that answered. */
  readonly cluster: string | undefined;
  readonly text: string;
}

const TIMEOUT_MS = 15_000;

/** Reads a path of the theater, or sends something there. @throws Error where there is no answer */
export async function call(
  { client, pod }: GatewayPod,
  { path, headers = {}, body }: Call,
  signal: AbortSignal,
): Promise<Reply> {
  const target = { namespace: THEATER.namespace, pod, port: THEATER_PORTS["api-gateway"] };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const stream = await connectToPod(client, target, limit);
  try {
    return await new Promise<Reply>((resolve, reject) => {
      stream.once("close", () => reject(new Error("the connection was closed")));
      const sent = request(
        {
          path,
          method: body === undefined ? "GET" : "POST",
          headers: {
            ...headers,
            ...(body !== undefined && { "content-type": "application/json" }),
            host: "localhost",
            connection: "close",
          },
          createConnection: () => stream,
        },
        (response) => {
          let text = "";
          response
            .setEncoding("utf8")
            .on("data", (chunk: string) => (text += chunk))
            .on("end", () =>
              resolve({
                status: response.statusCode ?? 0,
                cluster: response.headers["x-service-cluster"] as string | undefined,
                text,
              }),
            )
            .on("error", reject);
        },
      );
      sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  } finally {
    stream.destroy();
  }
}
