import assert from "node:assert/strict";
import type { HttpsConfig } from "../../../../../config/model";
import { readPublicHosts } from "../../../../../mesh/check/gather/public-hosts";
import type { DnsAnswer } from "../../../../../mesh/https/host-facts";
import { ClusterApi } from "../../../../../mesh/preflight/cluster-api";

const https: HttpsConfig = {
  hosts: ["clova.example.com"],
  issuer: {
    kind: "acme",
    name: "letsencrypt",
    directory: "https://acme.example/dir",
    email: "a@example.com",
    caBundle: undefined,
  },
  certManager: undefined,
};

/** An API server with these objects, and no others. */
const api = (objects: Readonly<Record<string, unknown>>): ClusterApi =>
  new ClusterApi(({ path }) => {
    const [bare = ""] = path.split("?");
    const body = objects[bare];
    return Promise.resolve({
      status: body === undefined ? 404 : 200,
      date: undefined,
      askedAt: new Date(),
      body,
    });
  });

const addresses = (...list: string[]): DnsAnswer => ({ kind: "addresses", addresses: list });
const dns =
  (answers: Readonly<Record<string, DnsAnswer>>) =>
  (host: string): Promise<DnsAnswer> =>
    Promise.resolve(answers[host] ?? { kind: "error", code: "ENOTFOUND" });

const SYSTEM = "namespaces/istio-system";
const service = (ingress: object) => ({
  metadata: { name: "istio-ingressgateway" },
  spec: { type: "LoadBalancer" },
  status: { loadBalancer: { ingress: [ingress] } },
});
const order = (name: string, createdAt: string, host = "clova.example.com") => ({
  metadata: { name, creationTimestamp: createdAt },
  spec: { dnsNames: [host] },
  status: { state: "errored", reason: name },
});

describe("facts of public hosts", () => {
  it("are none, and nothing is asked, where no host enters", async () => {
    const silent = new ClusterApi(() => assert.fail("asked"));
    assert.deepEqual(await readPublicHosts(silent, undefined, dns({})), []);
  });

  it("say what isn't there: no cert-manager, no address, no record", async () => {
    assert.deepEqual(await readPublicHosts(api({}), https, dns({})), [
      {
        host: "clova.example.com",
        record: undefined,
        expected: [],
        dns: { kind: "error", code: "ENOTFOUND" },
        issuer: undefined,
        certificate: undefined,
        order: undefined,
        challenges: [],
      },
    ]);
  });

  it("are those of the host's own objects, with the newest order", async () => {
    const [facts] = await readPublicHosts(
      api({
        [`/api/v1/${SYSTEM}/services/istio-ingressgateway`]: service({ ip: "198.51.100.7" }),
        "/apis/cert-manager.io/v1/clusterissuers/letsencrypt": {
          metadata: { name: "letsencrypt" },
          spec: { acme: { server: "https://acme.example/dir" } },
          status: { conditions: [{ type: "Ready", status: "True", message: "registered" }] },
        },
        [`/apis/cert-manager.io/v1/${SYSTEM}/certificates`]: {
          items: [
            { metadata: { name: "another" }, spec: { dnsNames: ["other.example.com"] } },
            {
              metadata: { name: "mrdebugger" },
              spec: { dnsNames: ["clova.example.com"] },
              status: {
                notAfter: "2027-02-19T00:00:00Z",
                renewalTime: "2027-01-20T00:00:00Z",
                conditions: [
                  { type: "Ready", status: "True", message: "up to date" },
                  { type: "Issuing", status: "False", message: "failed" },
                ],
              },
            },
          ],
        },
        [`/apis/acme.cert-manager.io/v1/${SYSTEM}/orders`]: {
          items: [
            order("old", "2026-11-20T00:00:00Z"),
            order("new", "2026-11-21T00:00:00Z"),
            order("other", "2026-11-22T00:00:00Z", "other.example.com"),
          ],
        },
        [`/apis/acme.cert-manager.io/v1/${SYSTEM}/challenges`]: {
          items: [
            {
              metadata: { name: "one" },
              spec: { dnsName: "clova.example.com" },
              status: { state: "pending", reason: "waiting" },
            },
          ],
        },
      }),
      https,
      dns({ "clova.example.com": addresses("203.0.113.9") }),
    );
    assert.deepEqual(facts, {
      host: "clova.example.com",
      record: { host: "clova.example.com", type: "A", value: "198.51.100.7" },
      expected: ["198.51.100.7"],
      dns: addresses("203.0.113.9"),
      issuer: {
        name: "letsencrypt",
        directory: "https://acme.example/dir",
        ready: { status: "True", message: "registered" },
      },
      certificate: {
        ready: { status: "True", message: "up to date" },
        issuing: { status: "False", message: "failed" },
        notAfter: "2027-02-19T00:00:00Z",
        renewalTime: "2027-01-20T00:00:00Z",
      },
      order: { createdAt: "2026-11-21T00:00:00Z", state: "errored", reason: "new" },
      challenges: [{ state: "pending", reason: "waiting" }],
    });
  });

  it("know the addresses behind a load balancer's name", async () => {
    const [facts] = await readPublicHosts(
      api({
        [`/api/v1/${SYSTEM}/services/istio-ingressgateway`]: service({ hostname: "x.lb.example" }),
      }),
      https,
      dns({ "x.lb.example": addresses("198.51.100.7", "198.51.100.8") }),
    );
    assert.deepEqual(facts?.record, {
      host: "clova.example.com",
      type: "CNAME",
      value: "x.lb.example",
    });
    assert.deepEqual(facts.expected, ["198.51.100.7", "198.51.100.8"]);
  });
});
