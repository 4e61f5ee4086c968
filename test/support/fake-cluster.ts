import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { stringify } from "yaml";
import { selfSigned, type SelfSigned } from "./certificates";

/** What an API server says to a question: an object, a status other than 200, or nothing at all. */
export type Reply = Readonly<Record<string, unknown>> | number | "silence";

/**
 * A cluster as seen by its API server's HTTPS, on a loopback port: answers what it was given, and 404
 * or an empty list to everything else.
 */
export class FakeCluster {
  /** `GET /api/v1/nodes`, in order. */
  readonly calls: string[] = [];
  /** By path without its query. */
  readonly replies = new Map<string, Reply>();
  /** Texts that are answered as they are, by path without its query. */
  readonly texts = new Map<string, string>();
  /** Answers to everything that has none of its own. */
  fallback: Reply | undefined;
  /** Milliseconds by which its clock is ahead. */
  ahead = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(private readonly identity: SelfSigned) {
    this.#server = createServer(
      { cert: identity.certificate, key: identity.key },
      (request, response) => this.#serve(request, response),
    );
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** A cluster with one node and nothing on it, as `name` gets from a cloud. */
  static async empty(name: string): Promise<FakeCluster> {
    const cluster = new FakeCluster(await selfSigned(name, undefined, ["127.0.0.1"]));
    await new Promise<void>((resolve) => cluster.#server.listen(0, "127.0.0.1", resolve));
    cluster.#port = (cluster.#server.address() as AddressInfo).port;
    const node = {
      metadata: { name: `${name}-node-1` },
      status: {
        conditions: [{ type: "Ready", status: "True" }],
        allocatable: { cpu: "4", memory: "16Gi" },
        nodeInfo: {
          operatingSystem: "linux",
          architecture: "amd64",
          kubeletVersion: "v1.33.4",
        },
      },
    };
    cluster.replies
      .set("/version", { gitVersion: "v1.33.4" })
      .set("/api/v1/namespaces/kube-system", { metadata: { name: "kube-system", uid: name } })
      .set("/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt", {
        data: { "ca.crt": cluster.identity.certificate },
      })
      .set("/api/v1/nodes", { items: [node] })
      .set("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
        status: { allowed: true },
      });
    return cluster;
  }

  /** From then on nobody listens at its address. */
  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    // The server itself forgets the connections that are still in their TLS handshake.
    this.#sockets.forEach((socket) => socket.destroy());
    await stopped;
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  get kubeconfig(): string {
    return stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "c",
          cluster: {
            server: this.url,
            "certificate-authority-data": Buffer.from(this.identity.certificate).toString("base64"),
          },
        },
      ],
      users: [{ name: "u", user: { token: "t" } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    });
  }

  #serve({ method, url = "" }: IncomingMessage, response: ServerResponse): void {
    const path = url.split("?")[0] ?? "";
    this.calls.push(`${method} ${path}`);
    const text = this.texts.get(path);
    if (text !== undefined) {
      response.writeHead(200, { "content-type": "text/plain" }).end(text);
      return;
    }
    const reply = this.replies.get(path) ?? this.fallback ?? 404;
    if (reply === "silence") {
      return;
    }
    const status = typeof reply === "number" ? reply : 200;
    const body = typeof reply === "number" ? { message: `${path} is forbidden` } : reply;
    response.writeHead(status, {
      "content-type": "application/json",
      date: new Date(Date.now() + this.ahead).toUTCString(),
    });
    response.end(JSON.stringify(body));
  }
}
