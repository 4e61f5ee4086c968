import { Agent, get, type IncomingMessage } from "node:http";

/** What one request brought, as a line of JSON on standard output. */
export interface Answer {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly milliseconds: number;
  /** Body of an answer with status 200. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * `client.js URL COUNT [HEADER=VALUE…]`: sends COUNT requests, one after the other, and prints an
 * {@link Answer} for each. One connection is kept: the sidecar balances by request.
 */
async function main([url, count, ...headers]: string[]): Promise<void> {
  if (url === undefined || !(Number(count) > 0)) {
    console.error("usage: client.js URL COUNT [HEADER=VALUE…]");
    process.exitCode = 2;
    return;
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const pairs: Record<string, string> = {};
  for (const header of headers) {
    const [name = "", value = ""] = header.split(/=(.*)/s);
    pairs[name] = value;
  }
  for (let sent = 0; sent < Number(count); sent++) {
    console.log(JSON.stringify(await ask(url, pairs, agent)));
  }
  agent.destroy();
}

function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<Answer> {
  const start = process.hrtime.bigint();
  const elapsed = (): number => Number(process.hrtime.bigint() - start) / 1e6;
  return new Promise((resolve) => {
    const failed = (error: Error): void =>
      resolve({ status: 0, milliseconds: elapsed(), error: error.message });
    const request = get(
      url,
      { headers, agent, timeout: TIMEOUT_MILLISECONDS },
      (response: IncomingMessage) => {
        let text = "";
        response
          .setEncoding("utf8")
          .on("data", (chunk: string) => (text += chunk))
          .on("error", failed)
          .on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              milliseconds: elapsed(),
              ...(response.statusCode === 200
                ? { body: JSON.parse(text) as Record<string, unknown> }
                : { error: text.slice(0, 200) }),
            }),
          );
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", failed);
  });
}

void main(process.argv.slice(2));
