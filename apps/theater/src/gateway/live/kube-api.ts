import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";

/** Where a cluster's API is, and who asks it. */
export interface ApiAccess {
  /** URL of the API server. */
  readonly server: URL;
  /** PEM bundle that signs its certificate. */
  readonly ca: string;
  readonly token: string;
}

/** Why a cluster's API gave nothing. */
export type ApiFailure = "unreachable" | "forbidden" | "missing" | "conflict" | "refused";

export class ApiError extends Error {
  constructor(
    readonly failure: ApiFailure,
    options?: ErrorOptions,
  ) {
    super(`The cluster's API: ${failure}`, options);
  }
}

/** A namespace's list of pods is a tenth of it. */
const MOST_BYTES = 4 * 1024 * 1024;

const FAILURES: Readonly<Record<number, ApiFailure>> = {
  401: "forbidden",
  403: "forbidden",
  404: "missing",
  409: "conflict",
  422: "refused",
};

/** The little of a Kubernetes API that the page needs: reading an object, and replacing one. */
export class KubeApi {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });

  /**
   * @param access asked anew for each request, since tokens are renewed
   * @param milliseconds an API server that takes longer is as good as none
   */
  constructor(
    private readonly access: () => ApiAccess,
    private readonly milliseconds: number,
  ) {}

  /** @throws ApiError */
  get(path: string): Promise<unknown> {
    return this.send("GET", path);
  }

  /** @throws ApiError `conflict` where somebody else changed the object since it was read */
  put(path: string, object: unknown): Promise<unknown> {
    return this.send("PUT", path, JSON.stringify(object));
  }

  close(): void {
    this.agent.destroy();
  }

  private async send(method: string, path: string, body?: string): Promise<unknown> {
    let status: number;
    let text: string;
    try {
      const response = await this.open(method, path, body);
      status = response.statusCode ?? 0;
      text = await readText(response);
    } catch (error) {
      throw new ApiError("unreachable", { cause: error });
    }
    if (status < 200 || status > 299) {
      throw new ApiError(FAILURES[status] ?? "unreachable");
    }
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw new ApiError("unreachable", { cause: error });
    }
  }

  private open(method: string, path: string, body?: string): Promise<IncomingMessage> {
    const { server, ca, token } = this.access();
    return new Promise((resolve, reject) => {
      request(
        new URL(path, server),
        {
          method,
          agent: this.agent,
          ca,
          signal: AbortSignal.timeout(this.milliseconds),
          headers: {
            accept: "application/json",
            authorization: `Bearer ${token}`,
            ...(body !== undefined && {
              "content-type": "application/json",
              "content-length": Buffer.byteLength(body),
            }),
          },
        },
        resolve,
      )
        .on("error", reject)
        .end(body);
    });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8") as AsyncIterable<string>) {
    text += chunk;
    if (text.length > MOST_BYTES) {
      throw new Error("the answer is too long");
    }
  }
  return text;
}
