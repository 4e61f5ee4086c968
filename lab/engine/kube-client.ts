import * as http from "node:http";
import * as https from "node:https";
import type { ClusterAccess } from "./cluster-access";
import { isObject, objectOr, textOf } from "../../config/json";

/**
 * A small client of the Kubernetes API that passes objects through as plain JSON.
 *
 * `@kubernetes/client-node` would map them onto its own model classes, which lose fields that they
 * don't know and turn timestamps into dates, and takes a second to load.
 */

/** A Kubernetes object as the API gives it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMetadata;
  readonly [property: string]: unknown;
}

export interface KubeMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly { readonly manager?: string; readonly operation?: string }[];
  readonly [property: string]: unknown;
}

/** Which object: for a cluster-scoped one without a namespace. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** An answer of the API other than success. */
export class KubeError extends Error {
  override readonly name = "KubeError";

  constructor(
    /** HTTP status; 404 as well for a kind that the API server doesn't know. */
    readonly status: number,
    /** `reason` of the API's Status object, e.g. `Conflict`; `NoMatch` for an unknown kind. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** No answer at all. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";

  constructor(
    readonly cluster: string,
    readonly server: string,
    cause: string,
  ) {
    super(`cluster ${cluster} does not answer at ${server} (${cause})`);
  }
}

export interface ApplyOptions {
  readonly fieldManager: string;
  /** Take over fields that others manage. */
  readonly force: boolean;
}

export type Propagation = "Background" | "Foreground" | "Orphan";

interface ApiResource {
  readonly plural: string;
  readonly namespaced: boolean;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** Admission webhooks may take up to 30 s each. */
const ANSWER_TIMEOUT_MS = 90_000;

export class KubeClient {
  readonly #kinds = new Map<string, Promise<ReadonlyMap<string, ApiResource>>>();
  readonly #agent: http.Agent;
  readonly #server: URL;
  readonly #signal: AbortSignal | undefined;

  /** @param cluster the cluster's name, for messages */
  constructor(
    readonly cluster: string,
    private readonly access: ClusterAccess,
    options: { readonly signal?: AbortSignal } = {},
  ) {
    this.#server = new URL(access.server);
    this.#signal = options.signal;
    const shared = { keepAlive: true, maxSockets: 10 };
    this.#agent =
      this.#server.protocol === "http:"
        ? new http.Agent(shared)
        : new https.Agent({
            ...shared,
            ca: access.ca,
            cert: access.cert,
            key: access.key,
            servername: access.tlsServerName,
            rejectUnauthorized: access.insecure !== true,
          });
  }

  /** Whether objects of a kind live in namespaces. @throws KubeError `NoMatch` for an unknown kind */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.#resource(apiVersion, kind)).namespaced;
  }

  /** The live object, or `undefined` where there is none. */
  async get(ref: ObjectRef): Promise<KubeObject | undefined> {
    try {
      return (await this.#request("GET", await this.#path(ref))) as KubeObject;
    } catch (error) {
      if (error instanceof KubeError && error.status === 404 && error.reason !== "NoMatch") {
        return undefined;
      }
      throw error;
    }
  }

  /** Server-side apply: creates the object or merges it into the live one. Returns the live object. */
  async apply(object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    const query = new URLSearchParams({
      fieldManager: options.fieldManager,
      force: String(options.force),
      fieldValidation: "Strict",
    });
    const path = await this.#path({ ...object, ...object.metadata });
    return (await this.#request("PATCH", `${path}?${query.toString()}`, {
      type: "application/apply-patch+yaml",
      text: JSON.stringify(object),
    })) as KubeObject;
  }

  /** Asks for an object's deletion. Returns whether there was one. */
  async delete(ref: ObjectRef, propagation: Propagation): Promise<boolean> {
    try {
      await this.#request("DELETE", await this.#path(ref), {
        type: "application/json",
        text: JSON.stringify({
          apiVersion: "v1",
          kind: "DeleteOptions",
          propagationPolicy: propagation,
        }),
      });
      return true;
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) {
        return false;
      }
      throw error;
    }
  }

  /** The objects of one kind in one namespace that carry the labels; their metadata only if asked. */
  async list(
    ref: Omit<ObjectRef, "name">,
    labels: Readonly<Record<string, string>>,
    options: { readonly metadataOnly?: boolean } = {},
  ): Promise<readonly KubeObject[]> {
    const labelSelector = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(",");
    const path = await this.#path({ ...ref, name: "" });
    const query = new URLSearchParams({ labelSelector });
    const answer = objectOr(
      await this.#request("GET", `${path}?${query.toString()}`, undefined, {
        accept:
          options.metadataOnly === true
            ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
            : "application/json",
      }),
    );
    return (answer["items"] ?? []) as readonly KubeObject[];
  }

  /** Closes idle connections, which would keep the process alive. */
  close(): void {
    this.#agent.destroy();
  }

  async #path({ apiVersion, kind, name, namespace }: ObjectRef): Promise<string> {
    const { plural, namespaced } = await this.#resource(apiVersion, kind);
    const scope = namespaced ? `/namespaces/${encodeURIComponent(namespace ?? "default")}` : "";
    const object = name === "" ? "" : `/${encodeURIComponent(name)}`;
    return `${groupPath(apiVersion)}${scope}/${plural}${object}`;
  }

  async #resource(apiVersion: string, kind: string): Promise<ApiResource> {
    const known = (await this.#discover(apiVersion)).get(kind);
    if (known === undefined) {
      // The kind may come with the next CustomResourceDefinition: ask again next time.
      this.#kinds.delete(apiVersion);
      throw new KubeError(
        404,
        "NoMatch",
        `cluster ${this.cluster} knows no ${kind} of ${apiVersion}`,
      );
    }
    return known;
  }

  #discover(apiVersion: string): Promise<ReadonlyMap<string, ApiResource>> {
    let kinds = this.#kinds.get(apiVersion);
    if (kinds === undefined) {
      kinds = this.#request("GET", groupPath(apiVersion)).then(readKinds, (error: unknown) => {
        this.#kinds.delete(apiVersion);
        if (error instanceof KubeError && error.status === 404) {
          return new Map<string, ApiResource>();
        }
        throw error;
      });
      this.#kinds.set(apiVersion, kinds);
    }
    return kinds;
  }

  #request(
    method: string,
    path: string,
    body?: { readonly type: string; readonly text: string },
    headers: Readonly<Record<string, string>> = { accept: "application/json" },
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const fail = (cause: string): void =>
        reject(new UnreachableError(this.cluster, this.access.server, cause));
      const send = this.#server.protocol === "http:" ? http.request : https.request;
      const request = send(
        new URL(this.#server.pathname.replace(/\/$/, "") + path, this.#server),
        {
          method,
          agent: this.#agent,
          signal: this.#signal,
          headers: {
            ...headers,
            "user-agent": "istio-multicloud-lab",
            ...(this.access.token !== undefined && {
              authorization: `Bearer ${this.access.token}`,
            }),
            ...(body !== undefined && {
              "content-type": body.type,
              "content-length": Buffer.byteLength(body.text),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", (error) => fail(error.message));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) {
              resolve(parseJson(text));
            } else {
              reject(toKubeError(status, text));
            }
          });
        },
      );
      let timer = setTimeout(
        () => request.destroy(new Error("no connection within 5 s")),
        CONNECT_TIMEOUT_MS,
      );
      const connected = (): void => {
        clearTimeout(timer);
        timer = setTimeout(
          () => request.destroy(new Error("no answer within 90 s")),
          ANSWER_TIMEOUT_MS,
        );
      };
      request.on("socket", (socket) => {
        if (request.reusedSocket || !socket.connecting) {
          connected();
        } else {
          socket.once("connect", connected);
        }
      });
      request.on("close", () => clearTimeout(timer));
      request.on("error", (error: NodeJS.ErrnoException) =>
        this.#signal?.aborted === true ? reject(error) : fail(error.code ?? error.message),
      );
      request.end(body?.text);
    });
  }
}

/** `v1` ⇒ `/api/v1`, `apps/v1` ⇒ `/apis/apps/v1` */
const groupPath = (apiVersion: string): string =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

function readKinds(answer: unknown): ReadonlyMap<string, ApiResource> {
  const resources = (objectOr(answer)["resources"] ?? []) as readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
  return new Map(
    resources
      .filter(({ name }) => !name.includes("/"))
      .map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]),
  );
}

function toKubeError(status: number, text: string): KubeError {
  const body = parseJson(text);
  return isObject(body) && typeof body["message"] === "string"
    ? new KubeError(status, textOf(body["reason"]) ?? "", body["message"])
    : new KubeError(status, "", text.trim() || `HTTP status ${status}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
