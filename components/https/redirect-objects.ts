import { SYSTEM_NAMESPACE } from "../istio/constants";
import { NETWORKING_API } from "./constants";
import { hostNames, redirectHost } from "./host-names";

interface Host {
  readonly service: string;
  readonly host: string;
}

const HTTPS_PORT = 443;

/** A gateway that can't answer itself at once has no certificate to answer with. */
const ASK_TIMEOUT = "5s";

/** The gateway's own port 443 as a service, seen by gateways only. */
export const loopback = ({ service, host }: Host) => ({
  apiVersion: NETWORKING_API,
  kind: "ServiceEntry",
  metadata: metadata(service),
  spec: {
    hosts: [redirectHost(host)],
    exportTo: ["."],
    location: "MESH_EXTERNAL",
    resolution: "STATIC",
    ports: [{ number: HTTPS_PORT, name: "http", protocol: "HTTP" }],
    endpoints: [{ address: "127.0.0.1" }],
  },
});

/** How the gateway calls itself: for the host's certificate, whoever signed it. */
export const loopbackTls = ({ service, host }: Host) => ({
  apiVersion: NETWORKING_API,
  kind: "DestinationRule",
  metadata: metadata(service),
  spec: {
    host: redirectHost(host),
    exportTo: ["."],
    trafficPolicy: { tls: { mode: "SIMPLE", sni: host, insecureSkipVerify: true } },
  },
});

/** Plain HTTP: the gateway's own HTTPS decides. */
export const upgrade = ({ service, host }: Host) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata: { name: hostNames(service).httpGateway, namespace: SYSTEM_NAMESPACE },
  spec: {
    hosts: [host],
    gateways: [hostNames(service).httpGateway],
    exportTo: ["."],
    http: [
      {
        rewrite: { authority: redirectHost(host) },
        route: [{ destination: { host: redirectHost(host), port: { number: HTTPS_PORT } } }],
        timeout: ASK_TIMEOUT,
        retries: { attempts: 0 },
      },
    ],
  },
});

/** What answers the gateway's own call: the same path of the host, by HTTPS. */
export const redirect = ({ service, host }: Host) => ({
  apiVersion: NETWORKING_API,
  kind: "VirtualService",
  metadata: metadata(service),
  spec: {
    hosts: [redirectHost(host)],
    gateways: [hostNames(service).httpsGateway],
    exportTo: ["."],
    http: [{ redirect: { scheme: "https", authority: host, redirectCode: 301 } }],
  },
});

const metadata = (service: string) => ({
  name: hostNames(service).redirect,
  namespace: SYSTEM_NAMESPACE,
});
