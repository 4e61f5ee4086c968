import { Agent, request, type RequestOptions } from "node:https";
import type { KubeClient } from "./client";

/** What an API server is asked, in its own words. */
export interface ApiRequest {
  readonly path: string;
  /** Sent as JSON by POST; without it the request is a GET. */
  readonly body?: unknown;
  /** Media type of the answer; JSON by default. Of others the answer's body is its text. */
  readonly accept?: string;
}

export interface ApiAnswer {
  readonly status: number;
  /** The server's clock when it answered, to the second. */
  readonly date: Date | undefined;
  /** This machine's clock halfway between question and answer. */
  readonly askedAt: Date;
  readonly body: unknown;
}

/** Asks one API server as one user. @throws Error with the system's `code` where there is no answer */
export type Ask = (request: ApiRequest) => Promise<ApiAnswer>;

/** Enough to hide the round trips, few enough not to be throttled. */
const CONNECTIONS = 6;

/**
 * The plain HTTP side of a client, for what its typed side doesn't give: headers, answers without the
 * objects' bodies, and an end to waiting.
 *
 * @param signal ends every request that is under way, and all that come later
 */
export async function asker({ config }: KubeClient, signal: AbortSignal): Promise<Ask> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const agent = keepAlive(options.agent);
  const server = config.getCurrentCluster()?.server.replace(/\/+$/, "") ?? "";
  return async ({ path, body, accept = "application/json" }) => {
    const start = Date.now();
    const { status, headers, text } = await send(
      new URL(server + path),
      {
        ...options,
        agent,
        signal,
        method: body === undefined ? "GET" : "POST",
        headers: {
          ...options.headers,
          accept,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
      },
      body === undefined ? undefined : JSON.stringify(body),
    );
    return {
      status,
      date: headers.date === undefined ? undefined : new Date(headers.date),
      askedAt: new Date((start + Date.now()) / 2),
      body: accept.includes("json") ? parsed(text) : text,
    };
  };
}

/** One handshake for many requests; proxies bring agents of their own. */
function keepAlive(agent: RequestOptions["agent"]): RequestOptions["agent"] {
  return agent instanceof Agent && agent.constructor === Agent
    ? new Agent({ ...agent.options, keepAlive: true, maxSockets: CONNECTIONS })
    : agent;
}

interface Received {
  readonly status: number;
  readonly headers: { readonly date?: string | undefined };
  readonly text: string;
}

const send = (url: URL, options: RequestOptions, body: string | undefined): Promise<Received> =>
  new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("error", reject)
        .on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
    });
    sent.on("error", reject);
    sent.end(body);
  });

/** A text where a proxy answered in the API server's place. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
