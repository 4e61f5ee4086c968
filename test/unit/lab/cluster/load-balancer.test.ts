import assert from "node:assert/strict";
import type { V1Service } from "@kubernetes/client-node";
import fc from "fast-check";
import {
  addressCommands,
  allocate,
  balancedServices,
  ingressOf,
  natTable,
  poolAddresses,
  type BalancedService,
} from "../../../../lab/cluster/load-balancer";
import { labClusters, type LabCluster } from "../../../../lab/topology";

const [ncloud, nhn] = labClusters(2) as [LabCluster, LabCluster];

const service = (uid: string, over: Partial<BalancedService> = {}): BalancedService => ({
  uid,
  namespace: "default",
  name: uid,
  createdAt: "2026-01-01T00:00:00.000Z",
  ports: [{ protocol: "TCP", port: 443, nodePort: 30443 }],
  ...over,
});

/** Any set of Services, many of them with an address, some with the same one. */
const services = fc
  .uniqueArray(
    fc.record({
      uid: fc.uuid(),
      createdAt: fc.integer({ min: 0, max: 5 }).map((day) => `2026-01-0${day + 1}T00:00:00.000Z`),
      published: fc.option(fc.constantFrom(...poolAddresses(nhn).slice(0, 20)), { nil: undefined }),
    }),
    { selector: ({ uid }) => uid, maxLength: 300 },
  )
  .map((all) =>
    all.map(({ uid, createdAt, published }) =>
      service(uid, { createdAt, ...(published !== undefined && { published }) }),
    ),
  );

describe("allocate", () => {
  it("gives no address twice, and only addresses of the cluster's pool", () => {
    fc.assert(
      fc.property(services, (all) => {
        const addresses = [...allocate(nhn, all).values()];
        assert.equal(new Set(addresses).size, addresses.length);
        const pool = new Set(poolAddresses(nhn));
        assert(addresses.every((address) => pool.has(address)));
      }),
    );
  });

  it("serves every Service until the pool is empty", () => {
    fc.assert(
      fc.property(services, (all) => {
        assert.equal(allocate(nhn, all).size, Math.min(all.length, poolAddresses(nhn).length));
      }),
    );
  });

  it("is stable: published addresses stay, whatever comes, goes or is listed in another order", () => {
    fc.assert(
      fc.property(services, services, fc.func(fc.boolean()), (all, added, keep) => {
        const first = allocate(nhn, all);
        const told = all.flatMap((each) => {
          const published = first.get(each.uid);
          return published === undefined ? [] : [{ ...each, published }];
        });
        const kept = told.filter(({ uid }) => keep(uid));
        const fresh = added.map(({ uid }) => service(`new-${uid}`));
        const second = allocate(nhn, [...fresh, ...kept].reverse());
        for (const { uid } of kept) {
          assert.equal(second.get(uid), first.get(uid));
        }
      }),
    );
  });

  it("leaves an address to the older of two Services that claim it", () => {
    const published = "198.18.102.77";
    const older = service("b", { published });
    const younger = service("a", { published, createdAt: "2026-02-01T00:00:00.000Z" });
    const addresses = allocate(nhn, [younger, older]);
    assert.equal(addresses.get("b"), published);
    assert.equal(addresses.get("a"), "198.18.102.10");
  });
});

describe("balancedServices", () => {
  const object = (spec: V1Service["spec"], status?: V1Service["status"]): V1Service => ({
    metadata: { uid: "u", name: "web", namespace: "default", creationTimestamp: new Date(0) },
    ...(spec !== undefined && { spec }),
    ...(status !== undefined && { status }),
  });
  const ports = [{ port: 80, nodePort: 30080 }];

  it("takes Services of type LoadBalancer that name no class", () => {
    const found = balancedServices(nhn, [
      object({ type: "LoadBalancer", ports }),
      object({ type: "LoadBalancer", ports, loadBalancerClass: "example.com/other" }),
      object({ type: "NodePort", ports }),
      object({ type: "ClusterIP", ports: [{ port: 80 }] }),
    ]);
    assert.equal(found.length, 1);
    assert.deepEqual(found[0]?.ports, [{ protocol: "TCP", port: 80, nodePort: 30080 }]);
  });

  it("reads back what it published, in the form of each cloud", () => {
    for (const cluster of [ncloud, nhn]) {
      const address = `${cluster.loadBalancerPrefix}.42`;
      const status = { loadBalancer: { ingress: [ingressOf(cluster, address)] } };
      const [found] = balancedServices(cluster, [object({ type: "LoadBalancer", ports }, status)]);
      assert.equal(found?.published, address);
    }
  });

  it("takes a status in the wrong form or of another cluster for none", () => {
    for (const ingress of [
      [{ ip: "198.18.101.42" }],
      [{ hostname: "198-18-102-42.nhn.lb.mesh-lab.test" }],
      [ingressOf(ncloud, "198.18.101.42"), ingressOf(ncloud, "198.18.101.43")],
      [],
    ]) {
      const status = { loadBalancer: { ingress } };
      const [found] = balancedServices(ncloud, [object({ type: "LoadBalancer", ports }, status)]);
      assert.equal(found?.published, undefined);
    }
  });
});

describe("ingressOf", () => {
  it("gives ncloud a host name and nhn an address", () => {
    assert.deepEqual(ingressOf(ncloud, "198.18.101.10"), {
      hostname: "198-18-101-10.ncloud.lb.mesh-lab.test",
    });
    assert.deepEqual(ingressOf(nhn, "198.18.102.10"), { ip: "198.18.102.10" });
  });
});

describe("natTable", () => {
  const ports = [
    { protocol: "TCP", port: 443, nodePort: 30443 },
    { protocol: "UDP", port: 443, nodePort: 30444 },
  ] as const;
  const balanced = [
    {
      cluster: nhn,
      services: [service("a", { ports }), service("without address")],
      addresses: new Map([["a", "198.18.102.10"]]),
    },
  ];

  it("sends every port to its NodePort and answers from the fabric's address", () => {
    assert.equal(
      natTable(balanced),
      `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -d 198.18.102.10/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 198.18.0.12:30443
-A PREROUTING -d 198.18.102.10/32 -p udp -m udp --dport 443 -j DNAT --to-destination 198.18.0.12:30444
-A POSTROUTING -m conntrack --ctstate DNAT -j MASQUERADE
COMMIT
`,
    );
  });

  it("is the same for the same Services in any order", () => {
    const two = [service("a"), service("b")];
    const addresses = allocate(nhn, two);
    assert.equal(
      natTable([{ cluster: nhn, services: two, addresses }]),
      natTable([{ cluster: nhn, services: [...two].reverse(), addresses }]),
    );
  });
});

describe("addressCommands", () => {
  const balanced = [{ cluster: nhn, services: [], addresses: new Map([["a", "198.18.102.10"]]) }];

  it("adds what is missing, removes what was released, and keeps the bridge's own", () => {
    assert.deepEqual(addressCommands(balanced, ["198.18.0.1", "198.18.101.10"]), [
      "address delete 198.18.101.10/32 dev fabric0",
      "address add 198.18.102.10/32 dev fabric0",
    ]);
  });

  it("changes nothing when it is right", () => {
    assert.deepEqual(addressCommands(balanced, ["198.18.0.1", "198.18.102.10"]), []);
  });
});
