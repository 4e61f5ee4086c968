import assert from "node:assert/strict";
import {
  bridgeCommands,
  FABRIC_FILTER,
  isConnected,
  isPort,
  podMasquerade,
  routesThroughFabric,
  sysctlScript,
  type Interface,
} from "../../../../lab/cluster/network-plan";
import { FABRIC, labClusters } from "../../../../lab/topology";

const link = (
  ifname: string,
  addresses: string[] = [],
  over: Partial<Interface> = {},
): Interface => ({
  ifname,
  flags: ["UP"],
  addr_info: addresses.map((local) => ({ family: "inet", local, prefixlen: 16 })),
  ...over,
});

describe("bridgeCommands", () => {
  it("makes everything in an empty namespace", () => {
    assert.deepEqual(bridgeCommands([link("lo", [], { flags: [] })]), [
      "link set lo up",
      "link add fabric0 type bridge",
      "address add 198.18.0.1/16 dev fabric0",
      "link set fabric0 up",
    ]);
  });

  it("changes nothing when the bridge is right, load balancers' addresses included", () => {
    assert.deepEqual(
      bridgeCommands([link("lo"), link("fabric0", ["198.18.0.1", "198.18.101.10"])]),
      [],
    );
  });

  it("completes a bridge that an interrupted run left half-made", () => {
    assert.deepEqual(bridgeCommands([link("lo"), link("fabric0", [], { flags: [] })]), [
      "address add 198.18.0.1/16 dev fabric0",
      "link set fabric0 up",
    ]);
  });
});

describe("isPort", () => {
  it("wants the interface up and on the bridge", () => {
    assert(isPort([link("ml-0", [], { master: "fabric0" })], "ml-0"));
    assert(!isPort([link("ml-0")], "ml-0"));
    assert(!isPort([link("ml-0", [], { master: "fabric0", flags: [] })], "ml-0"));
    assert(!isPort([], "ml-0"));
  });
});

describe("isConnected", () => {
  it("wants exactly the one address", () => {
    assert(isConnected([link("eth0", ["198.18.0.11"])], "eth0", "198.18.0.11"));
    assert(!isConnected([link("eth0", ["198.18.0.12"])], "eth0", "198.18.0.11"));
    assert(!isConnected([link("eth0", ["198.18.0.11", "10.0.0.1"])], "eth0", "198.18.0.11"));
    assert(!isConnected([], "eth0", "198.18.0.11"));
  });
});

describe("routesThroughFabric", () => {
  it("wants the fabric as the one default gateway", () => {
    assert(routesThroughFabric([{ gateway: FABRIC.address }]));
    assert(!routesThroughFabric([]));
    assert(!routesThroughFabric([{ gateway: FABRIC.address }, { gateway: "10.0.0.1" }]));
  });
});

describe("the fabric's filter table", () => {
  it("forwards what was load-balanced and its answers, and drops the rest", () => {
    assert.deepEqual(
      FABRIC_FILTER.split("\n").filter((line) => line.includes("FORWARD")),
      [
        ":FORWARD DROP [0:0]",
        "-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT",
      ],
    );
  });
});

describe("podMasquerade", () => {
  it("covers only what leaves the node", () => {
    for (const cluster of labClusters(3)) {
      const rule = podMasquerade(cluster).join(" ");
      assert(rule.includes(`--source ${cluster.podCidr} --out-interface eth0`), rule);
    }
  });
});

describe("sysctlScript", () => {
  it("passes over settings that a kernel doesn't have", () => {
    assert.equal(
      sysctlScript({ "net/ipv4/ip_forward": "1" }),
      "[ ! -e /proc/sys/net/ipv4/ip_forward ] || echo 1 > /proc/sys/net/ipv4/ip_forward",
    );
  });
});
