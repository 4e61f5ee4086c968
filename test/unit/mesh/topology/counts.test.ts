import assert from "node:assert/strict";
import fc from "fast-check";
import type { EnvoyClusters } from "../../../../mesh/check/gather/envoy";
import { clusterOf, countsOf, sentBy, type ProxyCounts } from "../../../../mesh/topology/counts";

const gateways = [
  { network: "nhn", cluster: "nhn", address: "198.51.100.2", port: 15443 },
  { network: "gke", cluster: "gke", address: "198.51.100.3", port: 15443 },
];

const host = (address: string, port: number, stats: Readonly<Record<string, string>>) => ({
  address: { socket_address: { address, port_value: port } },
  stats: Object.entries(stats).map(([name, value]) => ({ name, value })),
});

describe("countsOf", () => {
  it("takes the counts of services, with and without subset, and of nothing else", () => {
    const clusters: EnvoyClusters = {
      cluster_statuses: [
        {
          name: "outbound|8080||echo.echo.svc.cluster.local",
          host_statuses: [
            host("10.0.0.9", 8080, { rq_total: "114", rq_error: "2", cx_active: "3" }),
            host("198.51.100.2", 15443, { cx_connect_fail: "1" }),
          ],
        },
        {
          name: "outbound|9080|v1|reviews.bookinfo.svc.cluster.local",
          host_statuses: [host("10.0.0.8", 9080, { rq_total: "7" })],
        },
        {
          name: "outbound_.8080_._.echo.echo.svc.cluster.local",
          host_statuses: [host("10.0.0.9", 8080, { rq_total: "9" })],
        },
        { name: "xds-grpc", host_statuses: [host("127.0.0.1", 1, { rq_total: "1" })] },
      ],
    };
    assert.deepEqual(
      countsOf(clusters).map(({ host: name, subset, endpoint, requests, failed, connections }) =>
        [name.split(".")[0], subset, endpoint, requests, failed, connections].join(" "),
      ),
      [
        "echo  10.0.0.9:8080 114 2 3",
        "echo  198.51.100.2:15443 0 1 0",
        "reviews v1 10.0.0.8:9080 7 0 0",
      ],
    );
  });

  it("is nothing of a proxy without endpoints", () => {
    assert.deepEqual(countsOf({}), []);
    assert.deepEqual(countsOf({ cluster_statuses: [{ name: "outbound|1||a.b" }] }), []);
  });
});

describe("sentBy", () => {
  const endpoints = fc.constantFrom("10.0.0.9:80", "198.51.100.2:15443", "198.51.100.3:15443");
  const proxies = fc.array(
    fc.record<ProxyCounts>({
      proxy: fc.constant("a/b"),
      endpoints: fc.array(
        fc.record({
          host: fc.constantFrom("a.a", "b.b"),
          port: fc.constantFrom(80, 81),
          subset: fc.constantFrom("", "v1"),
          endpoint: endpoints,
          requests: fc.nat(1000),
          failed: fc.nat(10),
          connections: fc.nat(5),
        }),
      ),
    }),
  );

  it("loses no request and invents none, and has one sum per service and answering cluster", () => {
    fc.assert(
      fc.property(proxies, (given) => {
        const sent = sentBy("ncloud", given, gateways);
        const all = given.flatMap((one) => one.endpoints);
        for (const figure of ["requests", "failed", "connections"] as const) {
          const sum = (list: readonly Record<typeof figure, number>[]): number =>
            list.reduce((total, one) => total + one[figure], 0);
          assert.equal(sum(sent), sum(all));
        }
        const keys = sent.map((one) => `${one.to} ${one.host}:${one.port}`);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });

  it("knows peers by their gateways, and takes all else for the cluster's own", () => {
    assert.equal(clusterOf("198.51.100.3:15443", "ncloud", gateways), "gke");
    assert.equal(clusterOf("198.51.100.3:443", "ncloud", gateways), "ncloud");
    assert.equal(clusterOf("10.0.0.9:15443", "ncloud", []), "ncloud");
  });
});
