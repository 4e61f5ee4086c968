import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { VirtualService } from "../../../../apps/theater/src/routing/change";
import { selfSigned, type SelfSigned } from "../../../support/certificates";

interface Stored extends VirtualService {
  readonly metadata: VirtualService["metadata"] & { readonly resourceVersion: string };
}

export interface FakePod {
  readonly name: string;
  readonly app: string;
  ready: boolean;
  ending?: boolean;
  phase?: string;
}

/** The little of a Kubernetes API that the theater's gateway asks. */
export class FakeKube {
  pods: FakePod[] = [];
  readonly routes = new Map<string, Stored>();
  /** `silent` takes requests and answers none. */
  mood: "well" | "silent" | "forbids" = "well";
  /** Called before each write, e.g. to write something else first. */
  beforeWrite: () => void = () => undefined;
  requests = 0;
  private version = 1;

  private constructor(
    readonly token: string,
    private readonly server: Server,
    private readonly certificate: SelfSigned,
  ) {}

  static async start(token: string): Promise<FakeKube> {
    const certificate = await selfSigned("kube-apiserver", undefined, ["127.0.0.1"]);
    const server = createServer({ cert: certificate.certificate, key: certificate.key });
    const kube = new FakeKube(token, server, certificate);
    server.on("request", (request, response) => void kube.answer(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return kube;
  }

  get url(): URL {
    return new URL(`https://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  get ca(): string {
    return this.certificate.certificate;
  }

  get kubeconfig(): string {
    return JSON.stringify({
      clusters: [
        {
          cluster: {
            server: this.url.href,
            "certificate-authority-data": Buffer.from(this.ca).toString("base64"),
          },
        },
      ],
      users: [{ user: { token: this.token } }],
    });
  }

  put(route: VirtualService): void {
    const resourceVersion = String(this.version++);
    this.routes.set(route.metadata.name, {
      ...route,
      metadata: { ...route.metadata, resourceVersion },
    });
  }

  /** As if its machine were gone. */
  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    if (this.mood === "silent") {
      return;
    }
    const send = (status: number, body: unknown): void =>
      void response
        .writeHead(status, { "content-type": "application/json" })
        .end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${this.token}` || this.mood === "forbids") {
      send(403, { kind: "Status", message: "secret internals" });
      return;
    }
    if (request.url?.startsWith("/api/v1/namespaces/theater-msa/pods")) {
      send(200, { items: this.pods.map(podObject) });
      return;
    }
    const prefix = "/apis/networking.istio.io/v1/namespaces/theater-msa/virtualservices/";
    const route = this.routes.get(request.url?.slice(prefix.length) ?? "");
    if (!request.url?.startsWith(prefix) || route === undefined) {
      send(404, { kind: "Status" });
    } else if (request.method === "PUT") {
      const wanted = JSON.parse(await textOf(request)) as Stored;
      this.beforeWrite();
      const now = this.routes.get(route.metadata.name) as Stored;
      if (wanted.metadata.resourceVersion === now.metadata.resourceVersion) {
        this.put(wanted);
        send(200, this.routes.get(route.metadata.name));
      } else {
        send(409, { kind: "Status" });
      }
    } else {
      send(200, route);
    }
  }
}

const podObject = ({ name, app, ready, ending, phase = "Running" }: FakePod) => ({
  metadata: {
    name,
    labels: { app },
    ...(ending && { deletionTimestamp: "2026-01-01T00:00:00Z" }),
  },
  status: { phase, conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8") as AsyncIterable<string>) {
    text += chunk;
  }
  return text;
}
