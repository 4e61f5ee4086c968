/**
 * The load balancer of every cluster's Services of type LoadBalancer, as a process of its own in the fabric.
 *
 * Usage: `load-balancer-main.ts --clusters <count>`
 */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { exec } from "../exec";
import { clientFor } from "../../kube/client";
import { listServices, patchServiceIngress, watchServices } from "../kube";
import { FABRIC, labClusters, type LabCluster } from "../topology";
import { kubeconfigFile } from "./credentials";
import { writePrivate } from "./files";
import { labFiles } from "./layout";
import {
  addressCommands,
  allocate,
  balancedServices,
  ingressOf,
  natTable,
  type Balanced,
  type BalancedService,
} from "./load-balancer";
import { interfaces } from "./network";

/** Events are only hints: after this time everything is looked at again. */
const RESYNC_MS = 10_000;
const RETRY_MS = 1_000;
const ANSWER_MS = 5_000;

/** Services by cluster as they were last seen, so that an API server's restart interrupts no traffic. */
type Seen = Record<string, readonly BalancedService[]>;

async function main(): Promise<never> {
  const { values } = parseArgs({ options: { clusters: { type: "string" } } });
  const clusters = labClusters(Number(values.clusters));
  const changes = new Changes();
  clusters.forEach((cluster) => void watch(cluster, changes));
  let seen = await readSeen();
  for (let applied = ""; ;) {
    let delay = RETRY_MS;
    try {
      const result = await reconcile(clusters, seen, applied);
      ({ seen, applied } = result);
      delay = result.complete ? RESYNC_MS : RETRY_MS;
    } catch (error) {
      log(`could not change the fabric: ${messageOf(error)}`);
    }
    await changes.next(delay);
  }
}

/** Brings the fabric, then the Services' status, to what the clusters say. */
async function reconcile(clusters: readonly LabCluster[], before: Seen, applied: string) {
  const lists = await Promise.all(clusters.map(list));
  const balanced = clusters.map((cluster, index): Balanced => {
    const services = lists[index] ?? before[cluster.name] ?? [];
    return { cluster, services, addresses: allocate(cluster, services) };
  });
  const table = natTable(balanced);
  if (table !== applied) {
    await exec("iptables-restore", ["--table=nat"], { input: table });
  }
  const commands = addressCommands(balanced, await bridgeAddresses());
  if (commands.length > 0) {
    await exec("ip", ["-batch", "-"], { input: `${commands.join("\n")}\n` });
    commands.forEach(log);
  }
  const seen = Object.fromEntries(
    balanced.map(({ cluster, services, addresses }) => [
      cluster.name,
      services.map((service) => ({ ...service, ...published(addresses.get(service.uid)) })),
    ]),
  );
  if (JSON.stringify(seen) !== JSON.stringify(before)) {
    await writePrivate(labFiles.loadBalancerState, JSON.stringify(seen));
  }
  const publications = await Promise.all(
    balanced.map(async (each, index) => lists[index] === undefined || publish(each)),
  );
  return {
    seen,
    applied: table,
    complete: lists.every((each) => each !== undefined) && publications.every(Boolean),
  };
}

const published = (address: string | undefined): { published?: string } =>
  address === undefined ? {} : { published: address };

/** What kept the load balancer from asking a cluster, told once. */
const unreachable = new Map<string, string>();

/** The cluster's Services, `undefined` while its API server can't be asked. */
async function list(cluster: LabCluster): Promise<BalancedService[] | undefined> {
  try {
    const services = balancedServices(cluster, await answered(listServices(await client(cluster))));
    unreachable.delete(cluster.name);
    return services;
  } catch (error) {
    if (unreachable.get(cluster.name) !== messageOf(error)) {
      log(`could not list the Services of ${cluster.name}: ${messageOf(error)}`);
    }
    unreachable.set(cluster.name, messageOf(error));
    return undefined;
  }
}

/** Tells the Services their addresses, after the fabric forwards them; whether all were told. */
async function publish({ cluster, services, addresses }: Balanced): Promise<boolean> {
  const results = await Promise.all(
    services.map(async (service) => {
      const address = addresses.get(service.uid);
      if (address === undefined || address === service.published) {
        return true;
      }
      const { namespace, name } = service;
      try {
        const ingress = [ingressOf(cluster, address)];
        await answered(patchServiceIngress(await client(cluster), { namespace, name }, ingress));
        log(`${cluster.name}: ${namespace}/${name} is ${address}`);
        return true;
      } catch (error) {
        log(`${cluster.name}: could not tell ${namespace}/${name}: ${messageOf(error)}`);
        return false;
      }
    }),
  );
  return results.every(Boolean);
}

/** Reports every event of the cluster's Services, for ever, whatever happens to its API server. */
async function watch(cluster: LabCluster, changes: Changes): Promise<never> {
  for (;;) {
    try {
      await watchServices(await client(cluster), () => changes.report());
    } catch {
      // The list of the next round says what is wrong.
    }
    await sleep(RETRY_MS);
  }
}

/** A connection into a network that was replaced would otherwise be waited on for a quarter of an hour. */
const answered = <T>(call: Promise<T>): Promise<T> =>
  Promise.race([
    call,
    sleep(ANSWER_MS, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${ANSWER_MS / 1000} s`);
    }),
  ]);

const client = (cluster: LabCluster) => clientFor(kubeconfigFile(cluster.name, "load-balancer"));

async function bridgeAddresses(): Promise<string[]> {
  return (await interfaces())
    .filter(({ ifname }) => ifname === FABRIC.bridge)
    .flatMap(({ addr_info }) => addr_info)
    .filter(({ family }) => family === "inet")
    .map(({ local }) => local);
}

async function readSeen(): Promise<Seen> {
  try {
    return JSON.parse(await readFile(labFiles.loadBalancerState, "utf8")) as Seen;
  } catch {
    return {};
  }
}

/** Any number of reports while nobody waits count as one. */
class Changes {
  private pending = false;
  private wake: () => void = () => undefined;

  report(): void {
    this.pending = true;
    this.wake();
  }

  /** Returns at the next report, or after `timeoutMs`. */
  async next(timeoutMs: number): Promise<void> {
    if (!this.pending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.pending = false;
  }
}

const log = (message: string): void => console.log(`${new Date().toISOString()} ${message}`);

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);

void main();
