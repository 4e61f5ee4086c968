import assert from "node:assert/strict";
import { isInternal } from "../../../../policy/mesh/internal-load-balancers";
import { privateIstiod } from "../../../../policy/mesh/private-istiod";
import { object, resource, sentences, unknown, type Resource } from "../../../support/policies";

const found = (...resources: Resource[]) => sentences(resources, [privateIstiod]);
const service = (spec: Record<string, unknown>, metadata: Record<string, unknown> = {}) =>
  object("v1", "Service", { spec }, metadata);
const release = (chart: string, values: Record<string, unknown>) =>
  resource("kubernetes:helm.sh/v3:Release", {
    name: "gw",
    namespace: "istio-system",
    chart,
    values,
  });
const ports = (...numbers: number[]) => numbers.map((port) => ({ name: `p${port}`, port }));

describe("istiod-ports-private", () => {
  it("refuses istiod's ports on a public load balancer, by their own number or the target's", async () => {
    assert.deepEqual(await found(service({ type: "LoadBalancer", ports: ports(15443, 15012) })), [
      "Service shop/it opens port 15012, istiod's configuration and certificates, to the public: leave the port out, or make the load balancer internal",
    ]);
    const hidden = [{ port: 443, targetPort: 15017 }];
    assert.equal((await found(service({ type: "LoadBalancer", ports: hidden }))).length, 1);
  });

  it("passes other ports, other types, and load balancers without a public address", async () => {
    assert.deepEqual(
      await found(
        service({ type: "LoadBalancer", ports: ports(15021, 15443, 443) }),
        service({ type: "ClusterIP", ports: ports(15012) }),
        service({ ports: ports(15012) }),
        service(
          { type: "LoadBalancer", ports: ports(15012) },
          {
            annotations: { "service.beta.kubernetes.io/openstack-internal-load-balancer": "true" },
          },
        ),
      ),
      [],
    );
  });

  it("refuses them as listeners of a Gateway, which Istio makes a load balancer of", async () => {
    const gateway = (metadata: Record<string, unknown>) =>
      object(
        "gateway.networking.k8s.io/v1",
        "Gateway",
        { spec: { listeners: [{ name: "xds", port: 15012, protocol: "TLS" }] } },
        metadata,
      );
    assert.equal((await found(gateway({}))).length, 1);
    const inside = { annotations: { "networking.istio.io/service-type": "ClusterIP" } };
    assert.deepEqual(await found(gateway(inside)), []);
  });

  for (const chart of ["gateway", "oci://example.com/charts/gateway", "gateway-1.31.1.tgz"]) {
    it(`reads the values of ${chart}`, async () => {
      assert.deepEqual(await found(release(chart, { service: { ports: ports(15443) } })), []);
      assert.equal((await found(release(chart, { service: { ports: ports(15017) } }))).length, 1);
      const network = await found(release(chart, { networkGateway: "network1" }));
      assert.deepEqual(
        network.map((sentence) => /opens port (\d+)/.exec(sentence)?.[1]),
        ["15012", "15017"],
      );
      const inside = { networkGateway: "network1", service: { type: "ClusterIP" } };
      assert.deepEqual(await found(release(chart, inside)), []);
    });
  }

  it("takes a network gateway's list of ports as the chart would merge it", async () => {
    const networkGatewayPorts = { "tls-istiod": { port: 16012, targetPort: 16012 } };
    const values = { networkGateway: "network1", networkGatewayPorts };
    assert.match((await found(release("gateway", values))).join(), /opens port 15017/);
    assert.equal((await found(release("gateway", values))).length, 1);
  });

  it("finds load balancers anywhere in another chart's values", async () => {
    const values = { gateways: { eastwest: { type: "LoadBalancer", ports: ports(15012) } } };
    assert.match(
      (await found(release("anything", values))).join(),
      /^values\.gateways\.eastwest of Release istio-system\/gw opens port 15012/,
    );
  });

  it("waits with annotations that a preview doesn't know", async () => {
    const later = { annotations: { "networking.gke.io/load-balancer-type": unknown } };
    assert.deepEqual(
      await found(service({ type: "LoadBalancer", ports: ports(15012) }, later)),
      [],
    );
  });
});

describe("isInternal", () => {
  it("asks for the value that keeps the public out, not for the annotation alone", () => {
    const annotation = "service.beta.kubernetes.io/ncloud-load-balancer-internal";
    assert(isInternal({ [annotation]: "true" }));
    assert(!isInternal({ [annotation]: "false" }));
    assert(!isInternal({}));
  });
});
