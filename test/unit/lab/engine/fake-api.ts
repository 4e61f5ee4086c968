import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { stringify } from "yaml";
import { isObject, objectOr, sameJson } from "../../../../config/json";
import type { KubeObject } from "../../../../lab/engine/kube-client";

type Fields = Readonly<Record<string, unknown>>;

/** An object as each field manager applied it, and what the server itself put into it. */
interface Stored {
  readonly applied: Map<string, Fields>;
  readonly own: Fields;
  readonly uid: string;
  revision: number;
}

const RESOURCES: Readonly<Record<string, Readonly<Record<string, readonly [string, boolean]>>>> = {
  "/api/v1": {
    Namespace: ["namespaces", false],
    Secret: ["secrets", true],
    ConfigMap: ["configmaps", true],
    Service: ["services", true],
    Pod: ["pods", true],
  },
  "/apis/apps/v1": { Deployment: ["deployments", true] },
};

/** As much of a Kubernetes API server as the engine needs, on a loopback port, in memory. */
export class FakeApi {
  /** `PATCH /api/v1/namespaces/shop`, in order. */
  readonly calls: string[] = [];
  /** Answers instead of the server, once per entry: the first whose pattern matches the call. */
  readonly faults: { readonly call: RegExp; readonly status: number; readonly message: string }[] =
    [];
  /** What the server adds to an object of a kind, such as a status. */
  readonly additions: Record<string, Fields> = {
    Deployment: {
      status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
    },
  };
  /** Kinds that come into being later, by the path of their group. */
  readonly groups = new Map(Object.entries(RESOURCES));
  readonly #objects = new Map<string, Stored>();
  readonly #server: Server = createServer(
    (request, response) => void this.#serve(request, response),
  );
  #count = 0;

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get kubeconfig(): string {
    return stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "c", cluster: { server: this.url } }],
      users: [{ name: "u", user: { token: "secret-token" } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
      "current-context": "x",
    });
  }

  /** The live object at a path such as `/api/v1/namespaces/shop`. */
  object(path: string): KubeObject | undefined {
    const stored = this.#objects.get(path);
    return stored === undefined ? undefined : render(stored);
  }

  /** Puts an object there in somebody else's name. */
  put(path: string, fields: Fields, manager = "somebody"): void {
    this.#apply(path, manager, fields);
  }

  remove(path: string): void {
    this.#objects.delete(path);
  }

  /** Calls that change something. */
  get changes(): string[] {
    return this.calls.filter((call) => !call.startsWith("GET"));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const body = objectOr(
      chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown),
    );
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    const call = `${request.method} ${pathname}`;
    this.calls.push(call);
    const fault = this.faults.findIndex((entry) => entry.call.test(call));
    const [status, answer] =
      fault >= 0
        ? this.#fault(fault)
        : this.#answer(request.method ?? "", pathname, searchParams, body);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  }

  #fault(index: number): [number, unknown] {
    const [fault] = this.faults.splice(index, 1);
    return failure(fault?.status ?? 500, fault?.message ?? "");
  }

  #answer(method: string, path: string, query: URLSearchParams, body: Fields): [number, unknown] {
    if (path.split("/").length === (path.startsWith("/apis/") ? 4 : 3)) {
      const kinds = this.groups.get(path);
      return kinds === undefined
        ? failure(404, "the server could not find the requested resource")
        : [200, { resources: Object.entries(kinds).map(describeResource) }];
    }
    switch (method) {
      case "GET":
        return query.has("labelSelector") ? this.#list(path, query) : this.#get(path);
      case "PATCH":
        this.#apply(path, query.get("fieldManager") ?? "", body);
        return this.#get(path);
      default:
        if (!this.#objects.has(path)) {
          return failure(404, `${path} not found`);
        }
        for (const key of [...this.#objects.keys()]) {
          if (key === path || key.startsWith(`${path}/`)) {
            this.#objects.delete(key);
          }
        }
        return [200, {}];
    }
  }

  #get(path: string): [number, unknown] {
    const object = this.object(path);
    return object === undefined ? failure(404, `${path} not found`) : [200, object];
  }

  #list(path: string, query: URLSearchParams): [number, unknown] {
    const wanted = (query.get("labelSelector") ?? "").split(",").map((pair) => pair.split("="));
    const items = [...this.#objects]
      .filter(([key]) => key.startsWith(`${path}/`))
      .map(([, stored]) => render(stored))
      .filter(({ metadata }) =>
        wanted.every(([label, value]) => metadata.labels?.[label as string] === value),
      );
    return [200, { items }];
  }

  #apply(path: string, manager: string, fields: Fields): void {
    const stored = this.#objects.get(path) ?? {
      applied: new Map<string, Fields>(),
      own: this.additions[String(fields["kind"])] ?? {},
      uid: `uid-${++this.#count}`,
      revision: 1,
    };
    const before = this.#objects.has(path) ? render(stored) : undefined;
    stored.applied.set(manager, fields);
    if (before !== undefined && !sameJson(before, render(stored))) {
      stored.revision++;
    }
    this.#objects.set(path, stored);
  }
}

function render({ applied, own, uid, revision }: Stored): KubeObject {
  const merged = [...applied.values(), own].reduce(merge, {});
  const metadata = {
    generation: 1,
    ...objectOr(merged["metadata"]),
    uid,
    resourceVersion: String(revision),
    managedFields: [...applied.keys()].map((manager) => ({ manager, operation: "Apply" })),
  };
  return { ...merged, metadata } as unknown as KubeObject;
}

const merge = (left: Fields, right: Fields): Fields =>
  Object.fromEntries(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((key) => {
      const [a, b] = [left[key], right[key]];
      return [key, isObject(a) && isObject(b) ? merge(a, b) : (b ?? a)];
    }),
  );

const describeResource = ([kind, [name, namespaced]]: [
  string,
  readonly [string, boolean],
]): object => ({ kind, name, namespaced });

const failure = (status: number, message: string): [number, unknown] => [
  status,
  { kind: "Status", reason: status === 404 ? "NotFound" : "", message },
];
