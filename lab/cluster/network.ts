import { exec } from "../exec";
import { FABRIC, NODE_NETWORK, type LabCluster } from "../topology";
import { createFolder } from "./created-folders";
import { NETNS_DIR } from "./layout";
import { ensureMountNamespace, ensureNetns, inNamespaces } from "./namespaces";
import {
  bridgeCommands,
  FABRIC_FILTER,
  FABRIC_SYSCTLS,
  HOST_PORT,
  isConnected,
  isPort,
  NODE_INTERFACE,
  NODE_SYSCTLS,
  podMasquerade,
  routesThroughFabric,
  sysctlScript,
  type DefaultRoute,
  type Interface,
} from "./network-plan";
import type { Toolchain } from "./toolchain";

/**
 * Makes the namespaces, links, routes and rules of the fabric and of every cluster's node.
 *
 * What is right is left alone, what is stale (after a reboot or a killed run) is replaced.
 */
export async function ensureNetwork(
  clusters: readonly LabCluster[],
  { env }: Toolchain,
): Promise<void> {
  await createFolder(NETNS_DIR);
  await ensureNetns(FABRIC.netns);
  await setSysctls(FABRIC.netns, FABRIC_SYSCTLS);
  await batch(bridgeCommands(await interfaces(FABRIC.netns)), FABRIC.netns);
  await inNetns(FABRIC.netns, ["iptables-restore", "--table=filter"], env, FABRIC_FILTER);
  await connectHost();
  for (const cluster of clusters) {
    await ensureNetns(cluster.netns);
    await setSysctls(cluster.netns, NODE_SYSCTLS);
    await connectNode(cluster);
    await ensureRule(cluster.netns, "nat", podMasquerade(cluster), env);
    await ensureMountNamespace(cluster.name);
  }
}

async function connectHost(): Promise<void> {
  const { hostInterface, hostAddress } = FABRIC;
  if (
    isPort(await interfaces(FABRIC.netns), HOST_PORT) &&
    isConnected(await interfaces(), hostInterface, hostAddress)
  ) {
    return;
  }
  await deleteInterface(hostInterface);
  await batch([
    `link add ${hostInterface} type veth peer name ${HOST_PORT} netns ${FABRIC.netns}`,
    `address add ${hostAddress}/${NODE_NETWORK.prefix} dev ${hostInterface}`,
    `link set ${hostInterface} up`,
  ]);
  await batch([`link set ${HOST_PORT} master ${FABRIC.bridge} up`], FABRIC.netns);
}

async function connectNode({ netns, veth, nodeIp }: LabCluster): Promise<void> {
  if (
    isPort(await interfaces(FABRIC.netns), veth) &&
    isConnected(await interfaces(netns), NODE_INTERFACE, nodeIp) &&
    routesThroughFabric(await defaultRoutes(netns))
  ) {
    return;
  }
  await deleteInterface(veth, FABRIC.netns);
  await deleteInterface(NODE_INTERFACE, netns);
  await batch(
    [
      `link add ${veth} type veth peer name ${NODE_INTERFACE} netns ${netns}`,
      `link set ${veth} master ${FABRIC.bridge} up`,
    ],
    FABRIC.netns,
  );
  await batch(
    [
      "link set lo up",
      `address add ${nodeIp}/${NODE_NETWORK.prefix} dev ${NODE_INTERFACE}`,
      `link set ${NODE_INTERFACE} up`,
      // The API server dials ClusterIPs, which no interface has: without a route it would not even try.
      `route replace default via ${FABRIC.address}`,
    ],
    netns,
  );
}

/** Interfaces of a network namespace, of the host's own by default. */
export async function interfaces(netns?: string): Promise<Interface[]> {
  return JSON.parse(await exec("ip", [...of(netns), "-json", "address", "show"])) as Interface[];
}

async function defaultRoutes(netns: string): Promise<DefaultRoute[]> {
  const text = await exec("ip", [...of(netns), "-json", "-4", "route", "show", "default"]);
  return JSON.parse(text || "[]") as DefaultRoute[];
}

/** Deletes an interface if it is there; the other end of a veth pair goes with it. */
export async function deleteInterface(name: string, netns?: string): Promise<void> {
  if ((await interfaces(netns)).some(({ ifname }) => ifname === name)) {
    await exec("ip", [...of(netns), "link", "delete", name]);
  }
}

async function batch(commands: readonly string[], netns?: string): Promise<void> {
  if (commands.length > 0) {
    await exec("ip", [...of(netns), "-batch", "-"], { input: `${commands.join("\n")}\n` });
  }
}

async function setSysctls(netns: string, settings: Readonly<Record<string, string>>) {
  await inNetns(netns, ["sh", "-c", sysctlScript(settings)], {});
}

async function ensureRule(
  netns: string,
  table: string,
  rule: readonly string[],
  env: Toolchain["env"],
): Promise<void> {
  const iptables = (action: string): Promise<string> =>
    inNetns(netns, ["iptables", "--table", table, action, ...rule], env);
  await iptables("--check").catch(() => iptables("--append"));
}

function inNetns(
  netns: string,
  command: readonly string[],
  env: Toolchain["env"],
  input = "",
): Promise<string> {
  const [program = "", ...args] = inNamespaces({ netns }, command);
  return exec(program, args, { env, input });
}

const of = (netns: string | undefined): string[] => (netns === undefined ? [] : ["-netns", netns]);
