import type * as pulumi from "@pulumi/pulumi";
import { INGRESS_GATEWAY, SYSTEM_NAMESPACE } from "../istio/constants";
import { CERT_MANAGER_API, NETWORKING_API } from "./constants";
import { hostNames, redirectHost, secretName } from "./host-names";

interface Host {
  readonly service: string;
  readonly host: string;
  readonly namespace: string;
}

/** The label by which the `gateway` chart marks the ingress gateway's pods. */
const SELECTOR = { istio: INGRESS_GATEWAY.replace(/^istio-/, "") };

/** What cert-manager keeps a certificate for, and where the gateway finds it. */
export const certificate = ({
  service,
  host,
  issuer,
}: Host & { readonly issuer: pulumi.Input<string> }) => ({
  apiVersion: CERT_MANAGER_API,
  kind: "Certificate",
  metadata: {
    name: hostNames(service).certificate,
    namespace: SYSTEM_NAMESPACE,
    annotations: {
      // A pending challenge is cleaned up by the controller, which is deleted later.
      "pulumi.com/deletionPropagationPolicy": "foreground",
    },
  },
  spec: {
    secretName: secretName(host),
    dnsNames: [host],
    issuerRef: { kind: "ClusterIssuer", name: issuer },
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
  },
});

/** Plain HTTP of the host, for routes of the gateway's own namespace only. */
export const httpGateway = ({ service, host }: Host) =>
  gateway(hostNames(service).httpGateway, {
    port: { number: 80, name: "http", protocol: "HTTP" },
    hosts: [`./${host}`],
  });

/** HTTPS of the host, for routes of the service's namespace, and of the redirect. */
export const httpsGateway = ({ service, host, namespace }: Host) =>
  gateway(hostNames(service).httpsGateway, {
    port: { number: 443, name: "https", protocol: "HTTPS" },
    hosts: [`${namespace}/${host}`, `./${redirectHost(host)}`],
    tls: {
      mode: "SIMPLE",
      credentialName: secretName(host),
      minProtocolVersion: "TLSV1_2",
    },
  });

const gateway = (name: string, server: object) => ({
  apiVersion: NETWORKING_API,
  kind: "Gateway",
  metadata: { name, namespace: SYSTEM_NAMESPACE },
  spec: { selector: SELECTOR, servers: [server] },
});
