import assert from "node:assert/strict";
import { certificate, httpGateway, httpsGateway } from "../../../../components/https/host-objects";
import {
  loopback,
  loopbackTls,
  redirect,
  upgrade,
} from "../../../../components/https/redirect-objects";

const host = { service: "clova", host: "clova.example.com", namespace: "mrdebugger" };
const inner = "clova.example.com.redirect.internal";

describe("a public host", () => {
  it("has a certificate in the gateway's namespace, gone only when its challenges are", () => {
    const { metadata, spec } = certificate({ ...host, issuer: "letsencrypt" });
    assert.deepEqual(metadata, {
      name: "clova",
      namespace: "istio-system",
      annotations: { "pulumi.com/deletionPropagationPolicy": "foreground" },
    });
    assert.deepEqual(spec, {
      secretName: "clova.example.com",
      dnsNames: ["clova.example.com"],
      issuerRef: { kind: "ClusterIssuer", name: "letsencrypt" },
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    });
  });

  it("is served by HTTPS with that certificate, for routes of its own namespace only", () => {
    assert.deepEqual(httpsGateway(host).spec, {
      selector: { istio: "ingressgateway" },
      servers: [
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          hosts: ["mrdebugger/clova.example.com", `./${inner}`],
          tls: {
            mode: "SIMPLE",
            credentialName: "clova.example.com",
            minProtocolVersion: "TLSV1_2",
          },
        },
      ],
    });
  });

  it("is not served by plain HTTP: no namespace's routes reach that port, no redirect is forced", () => {
    assert.deepEqual(httpGateway(host).spec, {
      selector: { istio: "ingressgateway" },
      servers: [
        { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["./clova.example.com"] },
      ],
    });
  });

  it("hands plain HTTP on to the gateway's own HTTPS, by one route that matches everything", () => {
    const { hosts, gateways, http } = upgrade(host).spec;
    assert.deepEqual(
      { hosts, gateways },
      { hosts: ["clova.example.com"], gateways: ["clova-http"] },
    );
    assert.equal(http.length, 1);
    const [route] = http;
    // Any condition would put it before the challenge's route, which istiod sorts by this.
    assert(route && !("match" in route));
    assert.deepEqual(route.rewrite, { authority: inner });
    assert.deepEqual(route.route, [{ destination: { host: inner, port: { number: 443 } } }]);
    assert.deepEqual(route.retries, { attempts: 0 });
  });

  it("asks itself with the host's name, and is redirected to the host that was asked for", () => {
    assert.deepEqual(loopback(host).spec.endpoints, [{ address: "127.0.0.1" }]);
    assert.deepEqual(loopbackTls(host).spec.trafficPolicy.tls, {
      mode: "SIMPLE",
      sni: "clova.example.com",
      insecureSkipVerify: true,
    });
    assert.deepEqual(redirect(host).spec.http, [
      { redirect: { scheme: "https", authority: "clova.example.com", redirectCode: 301 } },
    ]);
    assert.deepEqual(redirect(host).spec.gateways, ["clova-https"]);
  });

  it("shows none of this to the mesh's workloads", () => {
    for (const { spec } of [loopback(host), loopbackTls(host), upgrade(host), redirect(host)]) {
      assert.deepEqual(spec.exportTo, ["."]);
    }
  });
});
