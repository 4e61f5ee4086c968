import { X509Certificate } from "node:crypto";
import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls, type DetailedPeerCertificate } from "node:tls";
import { CROSS_NETWORK_PORT } from "../../../components/istio/constants";
import type { ServicePort, TlsAnswer } from "../facts";

/** What a client says of what it wants. */
export interface Hello {
  /** SNI. */
  readonly serverName: string;
  /** ALPN. */
  readonly protocol: string;
}

/**
 * What a sidecar says to an east-west gateway to get at a service
 * (istio pilot/pkg/networking/core/gateway.go, builtAutoPassthroughFilterChains): everybody else is
 * cut off.
 */
export const helloFor = ({ host, port }: ServicePort): Hello => ({
  serverName: `outbound_.${port}_._.${host}`,
  protocol: "istio",
});

/**
 * Begins a TLS connection, to see who answers. Nothing is verified, and no certificate of one's own
 * is shown: a server that asks for one breaks off after it has shown its own.
 *
 * @param stream a connection, which is closed afterwards
 */
export async function shakeHands(
  stream: Duplex,
  { serverName, protocol }: Hello,
): Promise<TlsAnswer> {
  try {
    return await new Promise<TlsAnswer>((resolve) => {
      const closed = (error?: Error | null): void =>
        resolve({ result: "closed", reason: error?.message || "the connection was closed" });
      const socket = connectTls({
        socket: stream,
        servername: serverName,
        ALPNProtocols: [protocol],
        rejectUnauthorized: false,
      });
      socket.once("secureConnect", () =>
        resolve({ result: "answered", chain: chainOf(socket.getPeerCertificate(true)) }),
      );
      socket.once("error", closed);
      socket.once("close", () => closed(stream.errored));
      stream.once("close", () => closed(stream.errored));
    });
  } finally {
    stream.destroy();
  }
}

/** What an address answers this machine. */
export async function shakeHandsWith(
  address: string,
  hello: Hello,
  signal: AbortSignal,
): Promise<TlsAnswer> {
  const socket = connectTcp({ host: address, port: CROSS_NETWORK_PORT });
  const stop = (): void => void socket.destroy(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
  } catch (error) {
    return { result: "unreachable", reason: (error as Error).message };
  }
  return shakeHands(socket, hello);
}

function chainOf(first: DetailedPeerCertificate): string[] {
  const chain: string[] = [];
  for (
    let certificate: DetailedPeerCertificate | undefined = first;
    certificate?.raw !== undefined;
    certificate = certificate.issuerCertificate
  ) {
    const pem = new X509Certificate(certificate.raw).toString();
    // A root is its own issuer.
    if (chain.includes(pem)) {
      break;
    }
    chain.push(pem);
  }
  return chain;
}
