import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import type { LabCluster } from "../topology";
import { kubeconfigFile } from "./credentials";
import { writePrivate } from "./files";
import { clusterFiles } from "./layout";
import { FRONT_PROXY_CLIENT, type User } from "./certificates";
import { ensureRunning, waitWhileRunning, type ProcessSpec } from "./process";
import type { BinaryName, Toolchain } from "./toolchain";

/** How a component of a cluster is started: its flags, and the files it reads only once. */
export interface Component {
  readonly binary: BinaryName;
  /** `{"a-flag": "value"}` becomes `--a-flag=value`. */
  readonly flags: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
}

const ETCD_CLIENT_URL = "https://127.0.0.1:2379";
const ETCD_PEER_URL = "https://127.0.0.1:2380";

const pkiFile = (cluster: LabCluster, name: string): string =>
  join(clusterFiles(cluster.name).pki, name);

const authenticationConfigFile = (cluster: LabCluster): string =>
  join(clusterFiles(cluster.name).config, "authentication.json");

/** Anonymous requests reach the health endpoints and nothing else. */
export const AUTHENTICATION_CONFIG = {
  apiVersion: "apiserver.config.k8s.io/v1beta1",
  kind: "AuthenticationConfiguration",
  anonymous: {
    enabled: true,
    conditions: [{ path: "/livez" }, { path: "/readyz" }, { path: "/healthz" }],
  },
} as const;

export function etcd(cluster: LabCluster): Component {
  const pki = (name: string): string => pkiFile(cluster, name);
  return {
    binary: "etcd",
    flags: {
      name: cluster.nodeName,
      "data-dir": clusterFiles(cluster.name).etcd,
      "listen-client-urls": ETCD_CLIENT_URL,
      "advertise-client-urls": ETCD_CLIENT_URL,
      "listen-peer-urls": ETCD_PEER_URL,
      "initial-advertise-peer-urls": ETCD_PEER_URL,
      "initial-cluster": `${cluster.nodeName}=${ETCD_PEER_URL}`,
      // Pods in the host network share the loopback: only the API server's certificate opens etcd.
      "client-cert-auth": "true",
      "trusted-ca-file": pki("etcd-ca.crt"),
      "cert-file": pki("etcd.crt"),
      "key-file": pki("etcd.key"),
      "peer-client-cert-auth": "true",
      "peer-trusted-ca-file": pki("etcd-ca.crt"),
      "peer-cert-file": pki("etcd.crt"),
      "peer-key-file": pki("etcd.key"),
      // A lab may lose its last second in a power cut (`down` and `up` make a new one), and on one disk shared by
      // every cluster's etcd the flushes would be what everything waits for.
      "unsafe-no-fsync": "true",
      "log-level": "warn",
      logger: "zap",
    },
    inputs: ["etcd-ca.crt", "etcd.crt"].map(pki),
  };
}

export function apiServer(cluster: LabCluster): Component {
  const pki = (name: string): string => pkiFile(cluster, name);
  return {
    binary: "kube-apiserver",
    flags: {
      "advertise-address": cluster.nodeIp,
      // All of the node's namespace: its address and its loopback.
      "bind-address": "0.0.0.0",
      "secure-port": "6443",
      "tls-cert-file": pki("kube-apiserver.crt"),
      "tls-private-key-file": pki("kube-apiserver.key"),
      "service-cluster-ip-range": cluster.serviceCidr,
      "etcd-servers": ETCD_CLIENT_URL,
      "etcd-cafile": pki("etcd-ca.crt"),
      "etcd-certfile": pki("kube-apiserver-etcd-client.crt"),
      "etcd-keyfile": pki("kube-apiserver-etcd-client.key"),
      "client-ca-file": pki("ca.crt"),
      "authentication-config": authenticationConfigFile(cluster),
      "authorization-mode": "Node,RBAC",
      "enable-admission-plugins": "NodeRestriction",
      "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
      "service-account-key-file": pki("service-account.pub"),
      "service-account-signing-key-file": pki("service-account.key"),
      "kubelet-certificate-authority": pki("ca.crt"),
      "kubelet-client-certificate": pki("kube-apiserver-kubelet-client.crt"),
      "kubelet-client-key": pki("kube-apiserver-kubelet-client.key"),
      // Node names are in no DNS.
      "kubelet-preferred-address-types": "InternalIP",
      "requestheader-client-ca-file": pki("front-proxy-ca.crt"),
      "requestheader-allowed-names": FRONT_PROXY_CLIENT,
      "requestheader-username-headers": "X-Remote-User",
      "requestheader-group-headers": "X-Remote-Group",
      "requestheader-extra-headers-prefix": "X-Remote-Extra-",
      "proxy-client-cert-file": pki("front-proxy-client.crt"),
      "proxy-client-key-file": pki("front-proxy-client.key"),
      // As in managed clusters; Pod Security admission is what restricts namespaces.
      "allow-privileged": "true",
      profiling: "false",
    },
    inputs: [
      authenticationConfigFile(cluster),
      ...["ca.crt", "kube-apiserver.crt", "service-account.pub"].map(pki),
    ],
  };
}

export function controllerManager(cluster: LabCluster): Component {
  const pki = (name: string): string => pkiFile(cluster, name);
  return {
    binary: "kube-controller-manager",
    flags: {
      ...delegatedAuth(cluster, "kube-controller-manager"),
      "requestheader-client-ca-file": pki("front-proxy-ca.crt"),
      "client-ca-file": pki("ca.crt"),
      "service-account-private-key-file": pki("service-account.key"),
      "root-ca-file": pki("ca.crt"),
      "cluster-signing-cert-file": pki("ca.crt"),
      "cluster-signing-key-file": pki("ca.key"),
      // Every controller acts as itself, with the rights of its own role.
      "use-service-account-credentials": "true",
    },
    inputs: [kubeconfigFile(cluster.name, "kube-controller-manager"), pki("service-account.pub")],
  };
}

export const scheduler = (cluster: LabCluster): Component => ({
  binary: "kube-scheduler",
  flags: delegatedAuth(cluster, "kube-scheduler"),
  inputs: [kubeconfigFile(cluster.name, "kube-scheduler")],
});

function delegatedAuth(cluster: LabCluster, user: User): Record<string, string> {
  const file = kubeconfigFile(cluster.name, user);
  return {
    kubeconfig: file,
    "authentication-kubeconfig": file,
    "authorization-kubeconfig": file,
    "bind-address": "127.0.0.1",
    // There is one of each: an election would only delay it.
    "leader-elect": "false",
    profiling: "false",
  };
}

/** The process that runs a component in the cluster's namespaces. */
export function processOf(
  cluster: LabCluster,
  { binary, flags, inputs }: Component,
  { binaries, env }: Toolchain,
): ProcessSpec {
  return {
    scope: cluster.name,
    component: binary,
    command: [
      binaries[binary],
      ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    ],
    namespaces: { netns: cluster.netns, mounts: cluster.name },
    env,
    inputs,
  };
}

/** Starts etcd, the API server and what works through it; returns when the API server says it is ready. */
export async function upControlPlane(
  cluster: LabCluster,
  toolchain: Toolchain,
  signal?: AbortSignal,
): Promise<void> {
  await writePrivate(
    authenticationConfigFile(cluster),
    JSON.stringify(AUTHENTICATION_CONFIG, undefined, 2),
  );
  const base = [etcd, apiServer].map((component) =>
    processOf(cluster, component(cluster), toolchain),
  );
  for (const spec of base) {
    await ensureRunning(spec);
  }
  await waitWhileRunning(
    `the API server of ${cluster.name}`,
    base,
    async () => (await health(cluster, "/readyz")) === 200,
    { timeoutMs: 120_000, signal },
  );
  for (const component of [controllerManager, scheduler]) {
    await ensureRunning(processOf(cluster, component(cluster), toolchain));
  }
}

/**
 * HTTP status of one of the API server's health endpoints.
 *
 * @param path e.g. `/readyz` or `/readyz/etcd`, the latter not for anonymous callers
 */
export async function health(cluster: LabCluster, path: string): Promise<number> {
  const [ca, cert, key] = await Promise.all(
    ["ca.crt", "admin.crt", "admin.key"].map((name) => readFile(pkiFile(cluster, name))),
  );
  return new Promise((resolve, reject) => {
    const call = request(`${cluster.apiServer}${path}`, {
      ca,
      cert,
      key,
      agent: false,
      timeout: 2_000,
    });
    call.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("timeout", () => call.destroy(new Error(`${cluster.apiServer} does not answer`)));
    call.on("error", reject);
    call.end();
  });
}
