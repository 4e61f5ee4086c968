import { once } from "node:events";
import { connect } from "node:tls";
import { setTimeout as sleep } from "node:timers/promises";
import type {
  KubernetesObject,
  V1ConfigMap,
  V1Deployment,
  V1Service,
} from "@kubernetes/client-node";
import { findPod } from "../../../kube/pod-exec";
import { connectToPod } from "../../../kube/port-forward";
import { binaries } from "../../../lab/build";
import { exec } from "../../../lab/exec";
import { apply, isDeploymentAvailable } from "../../../lab/kube";
import { toolchain } from "../../../lab/mesh";
import { ACME, type LabCluster } from "../../../lab/topology";
import { clientOf, object, patched, restarted, type Fault } from "../faults";

const { namespace, name, port, managementPort } = ACME;

/** The root that the cluster's ACME server signs by, PEM: it makes one whenever it starts. */
export async function acmeRoot(cluster: string): Promise<string> {
  const client = await clientOf(cluster);
  const pod = (await findPod(client, namespace, `app=${name}`))?.metadata?.name ?? "";
  const target = { namespace, pod, port: managementPort };
  const stream = await connectToPod(client, target, AbortSignal.timeout(10_000));
  // What it shows here is for cert-manager, by a name that this machine doesn't know.
  const tls = connect({ socket: stream, rejectUnauthorized: false });
  await once(tls, "secureConnect");
  tls.write("GET /roots/0 HTTP/1.0\r\n\r\n");
  let answer = "";
  for await (const chunk of tls) {
    answer += String(chunk);
  }
  return answer.slice(answer.indexOf("-----BEGIN CERTIFICATE-----"));
}

/** Nothing takes connections to the ACME server, not even those that there are. */
export const acmeDown =
  (cluster: LabCluster): Fault =>
  async () => {
    const mend = await acmeLedTo("nobody")(cluster.name)();
    await forgetConnections(cluster);
    return mend;
  };

/** The ACME server refuses every order as Let's Encrypt does where a limit is reached; all else it does. */
export const ordersLimited =
  (cluster: LabCluster, image: string): Fault =>
  async () => {
    const client = await clientOf(cluster.name);
    await apply(client, limiter(image));
    const isReady = (): Promise<boolean> => isDeploymentAvailable(client, namespace, LIMITER);
    while (!(await isReady())) {
      await sleep(300);
    }
    const mend = await acmeLedTo(LIMITER)(cluster.name)();
    // Its connections to the server go with it.
    await restarted(cluster.name, "cert-manager", "app.kubernetes.io/component=controller");
    return async () => {
      await mend();
      await client.objects.delete(object("apps/v1", "Deployment", LIMITER, namespace));
      const labelSelector = `app=${LIMITER}`;
      const pods = () => client.core.listNamespacedPod({ namespace, labelSelector });
      while ((await pods()).items.length > 0) {
        await sleep(300);
      }
    };
  };

const acmeLedTo =
  (app: string) =>
  (cluster: string): Fault => {
    const lead = (to: string) => ({ spec: { selector: { app: to } } });
    return patched(cluster, object("v1", "Service", name, namespace), lead(app), lead(name));
  };

/** Lets what comes on connections under way count as a new one's, which nobody takes. */
async function forgetConnections(cluster: LabCluster): Promise<void> {
  const { env } = await toolchain();
  const args = ["--delete", "--proto", "tcp", "--dport", String(port)];
  // Ends with 1 where there is none.
  await exec("nsenter", [`--net=/run/netns/${cluster.netns}`, binaries().conntrack, ...args], {
    env,
  }).catch(() => undefined);
}

const LIMITER = "limiter";
/** The ACME server itself, whoever its Service leads to. */
const ORIGIN = `${name}-itself`;

/** What Pebble calls newOrder and newNonce (RFC 8555 §7.1). */
const PROGRAM = `
const { createServer, request } = require("node:https");
const { readFileSync } = require("node:fs");
const tls = { cert: readFileSync("/tls/tls.crt"), key: readFileSync("/tls/tls.key") };
const origin = { host: "${ORIGIN}", port: ${port}, rejectUnauthorized: false };
const limit = JSON.stringify({
  type: "urn:ietf:params:acme:error:rateLimited",
  detail: "too many certificates (5) already issued for this exact set of identifiers in the last 168h0m0s, retry after 2099-01-01 00:00:00 UTC: see https://letsencrypt.org/docs/rate-limits/",
  status: 429,
});
createServer(tls, (incoming, outgoing) => {
  if (incoming.method === "POST" && incoming.url === "/order-plz") {
    // Pebble refuses who doesn't say what they are.
    const nonce = { method: "HEAD", path: "/nonce-plz", headers: { "user-agent": "${LIMITER}" } };
    request({ ...origin, ...nonce }, ({ headers }) => {
      outgoing.writeHead(429, {
        "content-type": "application/problem+json",
        "replay-nonce": headers["replay-nonce"],
        "retry-after": "3600",
      });
      outgoing.end(limit);
    }).end();
    return;
  }
  const { method, url, headers } = incoming;
  const onward = request({ ...origin, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}).listen(${port});
`;

function limiter(image: string): KubernetesObject[] {
  const config: V1ConfigMap = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: LIMITER },
    data: { "limiter.js": PROGRAM },
  };
  const origin: V1Service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace, name: ORIGIN },
    spec: { selector: { app: name }, ports: [{ port }] },
  };
  const labels = { app: LIMITER };
  const deployment: V1Deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name: LIMITER },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            {
              name: LIMITER,
              image,
              imagePullPolicy: "IfNotPresent",
              command: ["/usr/local/bin/node", "/limiter/limiter.js"],
              readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
              volumeMounts: [
                { name: "program", mountPath: "/limiter" },
                { name: "tls", mountPath: "/tls" },
              ],
            },
          ],
          volumes: [
            { name: "program", configMap: { name: LIMITER } },
            { name: "tls", secret: { secretName: name } },
          ],
        },
      },
    },
  };
  return [config, origin, deployment];
}
