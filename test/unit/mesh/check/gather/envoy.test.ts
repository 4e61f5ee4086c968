import assert from "node:assert/strict";
import { exposedBy, upstreamsOf, type EnvoyClusters } from "../../../../../mesh/check/gather/envoy";

const host = (address: string, port: number, health: Record<string, unknown> = {}) => ({
  address: { socket_address: { address, port_value: port } },
  health_status: { eds_health_status: "HEALTHY", ...health },
});

/** As Envoy 1.39 prints it, shortened. */
const CLUSTERS: EnvoyClusters = {
  cluster_statuses: [
    { name: "xds-grpc", host_statuses: [host("10.0.0.1", 15012)] },
    {
      name: "outbound|8080||echo.echo.svc.cluster.local",
      host_statuses: [
        host("10.1.0.1", 8080),
        host("192.0.2.5", 15443, { failed_outlier_check: true }),
      ],
    },
    {
      name: "outbound|8080|v1|echo.echo.svc.cluster.local",
      host_statuses: [host("10.1.0.1", 8080)],
    },
    { name: "outbound|80||nobody.a.svc.cluster.local" },
    {
      name: "outbound_.8080_._.echo.echo.svc.cluster.local",
      host_statuses: [host("10.1.0.1", 8080), host("10.1.0.2", 8080)],
    },
    {
      name: "outbound_.80_._.sick.a.svc.cluster.local",
      host_statuses: [host("10.1.0.3", 80, { eds_health_status: "UNHEALTHY" })],
    },
    {
      name: "outbound_.8080_.v1_.echo.echo.svc.cluster.local",
      host_statuses: [host("10.1.0.1", 8080)],
    },
    { name: "outbound_.80_._.nobody.a.svc.cluster.local", host_statuses: [] },
  ],
};

describe("what Envoy says of its clusters", () => {
  it("tells every endpoint of every service, subsets left out", () =>
    assert.deepEqual(upstreamsOf(CLUSTERS), [
      {
        host: "echo.echo.svc.cluster.local",
        port: 8080,
        address: "10.1.0.1",
        endpointPort: 8080,
        isHealthy: true,
      },
      {
        host: "echo.echo.svc.cluster.local",
        port: 8080,
        address: "192.0.2.5",
        endpointPort: 15443,
        isHealthy: false,
      },
    ]));

  it("tells which services an east-west gateway has healthy endpoints of", () =>
    assert.deepEqual(exposedBy(CLUSTERS), [{ host: "echo.echo.svc.cluster.local", port: 8080 }]));

  it("takes an Envoy without clusters", () => {
    assert.deepEqual(upstreamsOf({}), []);
    assert.deepEqual(exposedBy({}), []);
  });
});
