import type {
  KubernetesObject,
  V1ConfigMap,
  V1Deployment,
  V1Secret,
  V1Service,
} from "@kubernetes/client-node";
import { PEBBLE_IMAGE } from "../build";
import { ACME } from "../topology";

const { namespace, name, port, managementPort } = ACME;
const labels = { app: name };
const metadata = { namespace, name };

/** Key and certificate of a server, PEM. */
export interface ServerTls {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Pebble's configuration. Its name comes from Let's Encrypt, whose protocol it speaks; it proves
 * hosts on the ports that the public uses.
 */
const CONFIG = {
  pebble: {
    listenAddress: `0.0.0.0:${port}`,
    managementListenAddress: `0.0.0.0:${managementPort}`,
    certificate: "/tls/tls.crt",
    privateKey: "/tls/tls.key",
    httpPort: 80,
    tlsPort: 443,
    ocspResponderURL: "",
    externalAccountBindingRequired: false,
    keyAlgorithm: "ecdsa",
    profiles: { default: { description: "As Let's Encrypt's", validityPeriod: 7_776_000 } },
  },
};

/** Settings that Pebble has in its environment: it tries clients' patience unless told not to. */
const ENVIRONMENT = {
  // Waits at random before it looks at a challenge.
  PEBBLE_VA_NOSLEEP: "1",
  // Takes a good request for a replayed one.
  PEBBLE_WFE_NONCEREJECT: "0",
  // Takes a host as proved by an earlier order, so that a renewal would meet no challenge.
  PEBBLE_AUTHZREUSE: "0",
};

/** An ACME server, as the internet has Let's Encrypt: where a cluster's public hosts get certificates. */
export function acmeServer(tls: ServerTls): KubernetesObject[] {
  const space: KubernetesObject = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: namespace },
  };
  const secret: V1Secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "kubernetes.io/tls",
    data: { "tls.crt": base64(tls.certificate), "tls.key": base64(tls.key) },
  };
  const config: V1ConfigMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: { "pebble.json": JSON.stringify(CONFIG, undefined, 2) },
  };
  const service: V1Service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...metadata, labels },
    spec: {
      selector: labels,
      ports: [
        { name: "https", port },
        { name: "https-management", port: managementPort },
      ],
    },
  };
  return [space, secret, config, service, deployment()];
}

function deployment(): V1Deployment {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { ...metadata, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name,
              image: PEBBLE_IMAGE,
              imagePullPolicy: "IfNotPresent",
              args: ["-config", "/config/pebble.json"],
              env: Object.entries(ENVIRONMENT).map(([key, value]) => ({ name: key, value })),
              ports: [
                { name: "https", containerPort: port },
                { name: "management", containerPort: managementPort },
              ],
              readinessProbe: { tcpSocket: { port: "https" }, periodSeconds: 2 },
              resources: { requests: { cpu: "10m", memory: "20Mi" } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                readOnlyRootFilesystem: true,
              },
              volumeMounts: [
                { name: "config", mountPath: "/config", readOnly: true },
                { name: "tls", mountPath: "/tls", readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: "config", configMap: { name } },
            { name: "tls", secret: { secretName: name } },
          ],
        },
      },
    },
  };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
