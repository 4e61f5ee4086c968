import { request as plain, type IncomingHttpHeaders } from "node:http";
import { request as secure } from "node:https";
import type { TLSSocket } from "node:tls";

/** A public host, and the way to it without a DNS. */
export interface Place {
  readonly host: string;
  /** Of the ingress gateway's load balancer. */
  readonly address: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of the certificate that was shown; nothing by plain HTTP. */
  readonly serial: string | undefined;
}

export interface Question {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

const TIMEOUT_MS = 5000;

/** Asks by plain HTTP, on a connection of its own. */
export const askPlainly = (place: Place, question: Question = {}): Promise<Answer> =>
  ask(place, question, undefined);

/** Asks by HTTPS with a handshake of its own, and takes no certificate that `roots` don't vouch for. */
export const askSecurely = (
  place: Place,
  roots: string,
  question: Question = {},
): Promise<Answer> => ask(place, question, roots);

function ask(
  { host, address }: Place,
  { path = "/", method = "GET", headers = {}, body }: Question,
  roots: string | undefined,
): Promise<Answer> {
  const options = {
    host: address,
    path,
    method,
    headers: { ...headers, host },
    agent: false as const,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  return new Promise((resolve, reject) => {
    const request =
      roots === undefined ? plain(options) : secure({ ...options, servername: host, ca: roots });
    request.on("error", reject);
    request.on("response", (response) => {
      const serial =
        roots === undefined
          ? undefined
          : (response.socket as TLSSocket).getPeerCertificate().serialNumber;
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text,
          serial,
        }),
      );
    });
    request.end(body);
  });
}
