import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "@istio-multicloud/service-kit";
import { createGateway } from "../../../../apps/theater/src/gateway/gateway";
import { FIRST_USERS } from "../../../../apps/theater/src/first-users";
import type { Kind } from "../../../../apps/theater/src/model";
import { RULES, sharesOf, type Rule } from "../../../../apps/theater/src/routing/rules";
import { createStoreService } from "../../../../apps/theater/src/store-service";
import { testSettings } from "../service-kit/support";
import { FakeKube } from "./fake-kube";
import { Memory, MemoryStore } from "./memory-store";

export const CONTROL_TOKEN = "0123456789abcdef0123456789abcdef";
export const CLUSTERS = ["ncloud", "nhn"] as const;
const KINDS = ["user", "movie", "booking"] as const;
const SHARES: Readonly<Record<Kind, readonly [number, number]>> = {
  user: [70, 30],
  movie: [30, 70],
  booking: [50, 50],
};

/** The rules that a cluster has for a service of two clusters. */
export const rulesOf = (service: string, shares: readonly [number, number]): Rule[] => {
  const to = (subset: string, weight: number) => ({
    destination: { host: `${service}.theater-msa.svc.cluster.local`, subset },
    weight,
  });
  const divided = CLUSTERS.map((cluster, index) => to(cluster, shares[index] ?? 0));
  return [
    { name: RULES.canary, route: [to("nhn", 100)] },
    { name: RULES.repeatable, route: divided },
    { name: RULES.all, route: divided },
  ];
};

/**
 * The gateway before a theater over two clusters, on this machine: their APIs, their services, and
 * between them what the mesh does, in small: requests divided as the VirtualServices say.
 */
export interface Stage {
  readonly url: string;
  readonly gateway: Service;
  readonly kubes: Readonly<Record<(typeof CLUSTERS)[number], FakeKube>>;
  /** Makes the clusters answer as at the start, with the first routes. */
  reset(): void;
  close(): Promise<void>;
}

/** Enough for a machine that is busy with other tests. */
const ANSWER_MILLISECONDS = 600;

interface StageOptions {
  readonly controlToken?: string;
  readonly topology?: boolean;
  readonly refreshMilliseconds?: number;
}

export async function startStage({
  controlToken,
  topology = true,
  refreshMilliseconds = 100,
}: StageOptions = {}): Promise<Stage> {
  const kubes = { ncloud: await FakeKube.start("own"), nhn: await FakeKube.start("peer") };
  for (const cluster of CLUSTERS) {
    kubes[cluster].pods = ["user-service", "movie-service", "booking-service", "api-gateway"].map(
      (app) => ({ name: `${app}-${cluster}-1`, app, ready: true }),
    );
  }
  const reset = (): void => {
    for (const kube of Object.values(kubes)) {
      kube.mood = "well";
      kube.beforeWrite = () => undefined;
    }
    for (const kind of KINDS) {
      const name = `${kind}-service`;
      kubes.ncloud.put({ metadata: { name }, spec: { http: rulesOf(name, SHARES[kind]) } });
    }
  };
  reset();
  const memory = new Memory();
  FIRST_USERS.forEach((user) => memory.items.set(`user:${user.id}`, user));
  const services = new Map<string, Promise<Service>>();
  /** Made when it is first asked, as most tests ask few of them. */
  const serviceOf = (kind: Kind, cluster: string): Promise<Service> => {
    const name = `${kind}-service`;
    const pod = `${name}-${cluster}-1`;
    const service =
      services.get(pod) ??
      createStoreService(
        kind,
        testSettings({ CLUSTER_NAME: cluster, POD_NAME: pod }),
        new MemoryStore(memory),
      );
    services.set(pod, service);
    return service;
  };
  const balancers: Server[] = [];
  const urls: URL[] = [];
  for (const kind of KINDS) {
    const name = `${kind}-service`;
    const balancer = createServer((request, response) => {
      const { http } = kubes.ncloud.routes.get(name)?.spec ?? { http: [] };
      void pass(request, response, http, (cluster) => serviceOf(kind, cluster));
    }).listen(0, "127.0.0.1");
    await once(balancer, "listening");
    balancers.push(balancer);
    urls.push(new URL(`http://127.0.0.1:${(balancer.address() as AddressInfo).port}`));
  }
  const folder = mkdtempSync(join(tmpdir(), "theater-"));
  mkdirSync(join(folder, "peers"));
  writeFileSync(join(folder, "ca.crt"), kubes.ncloud.ca);
  writeFileSync(join(folder, "token"), `${kubes.ncloud.token}\n`);
  writeFileSync(join(folder, "peers", "nhn.json"), kubes.nhn.kubeconfig);
  const [users, movies, bookings] = urls as [URL, URL, URL];
  const gateway = await createGateway({
    ...testSettings({ CLUSTER_NAME: "ncloud", POD_NAME: "api-gateway-ncloud-1" }),
    upstreams: { users, movies, bookings },
    upstreamMilliseconds: 5000,
    controlToken,
    topology: topology
      ? {
          clusters: CLUSTERS,
          apiServer: kubes.ncloud.url,
          accountFolder: folder,
          peersFolder: join(folder, "peers"),
          refreshMilliseconds,
          answerMilliseconds: ANSWER_MILLISECONDS,
        }
      : undefined,
  });
  const url = await gateway.app.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    gateway,
    kubes,
    reset,
    async close() {
      await gateway.close();
      await Promise.all([...services.values()].map(async (service) => (await service).close()));
      balancers.forEach((balancer) => {
        balancer.closeAllConnections();
        balancer.close();
      });
      Object.values(kubes).forEach((kube) => kube.stop());
      rmSync(folder, { recursive: true });
    },
  };
}

/** What Envoy does with the rules, of faults only aborts. */
async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  rules: readonly Rule[],
  serviceIn: (cluster: string) => Promise<Service>,
): Promise<void> {
  const marked = request.headers["x-canary"] === "true";
  const { fault } = (rules.at(-1) ?? {}) as { fault?: { abort?: object } };
  if (fault?.abort && Math.random() < 0.3) {
    response.writeHead(500).end("fault filter abort");
    return;
  }
  const shares = sharesOf(marked ? rules.slice(0, 1) : rules);
  let left = Math.random() * 100;
  const [cluster] = Object.entries(shares).find(([, share]) => (left -= share) < 0) ?? ["ncloud"];
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  const { app } = await serviceIn(cluster);
  const answer = await app.inject({
    method: request.method as "GET",
    url: request.url ?? "/",
    headers: request.headers,
    payload: Buffer.concat(chunks),
  });
  response.writeHead(answer.statusCode, answer.headers).end(answer.rawPayload);
}
