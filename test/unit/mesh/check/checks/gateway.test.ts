import assert from "node:assert/strict";
import { judgeAddress } from "../../../../../mesh/check/checks/gateway-address";
import { judgeGateways } from "../../../../../mesh/check/checks/gateway-ready";
import { judgeReach } from "../../../../../mesh/check/checks/gateway-reachable";
import { judgeAnswer } from "../../../../../mesh/check/checks/gateway-tls";
import { judgeOpenings } from "../../../../../mesh/check/checks/cross-network-gateway";
import type {
  AddressAnswer,
  GatewayService,
  Opening,
  Reach,
  Workload,
} from "../../../../../mesh/check/facts";
import { cacertsOf, rootAuthority, signedBy } from "../../../../support/certificate-authority";
import { days } from "../../../../support/certificates";
import { said } from "../../../../support/preflight";
import { pemsOf } from "../../../../support/sights";

const gateway = (name: string, over: Partial<Workload> = {}): Workload => ({
  name,
  wanted: 1,
  available: 1,
  image: "auto",
  env: {},
  selector: { app: name, istio: name.replace("istio-", "") },
  ...over,
});
const EAST_WEST = "istio-eastwestgateway";
const INGRESS = "istio-ingressgateway";

describe("check: gateway-ready", () => {
  const cases: [string, Workload[], string[]][] = [
    [
      "both",
      [gateway(EAST_WEST), gateway(INGRESS)],
      [`ok: ${EAST_WEST} runs (1 of 1).`, `ok: ${INGRESS} runs (1 of 1).`],
    ],
    [
      "one that is missing",
      [gateway(INGRESS)],
      [`error: There is no ${EAST_WEST}.`, `ok: ${INGRESS} runs (1 of 1).`],
    ],
    [
      "one at 0 and one half there",
      [gateway(EAST_WEST, { wanted: 0, available: 0 }), gateway(INGRESS, { wanted: 2 })],
      [`error: ${EAST_WEST} is scaled to 0.`, `warning: 1 of 2 replicas of ${INGRESS} is ready.`],
    ],
  ];
  for (const [what, gateways, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeGateways(gateways, [])), expected));
  }
});

describe("check: gateway-address", () => {
  const service = (over: Partial<GatewayService> = {}): GatewayService => ({
    name: EAST_WEST,
    type: "LoadBalancer",
    labels: {},
    ports: [15443],
    addresses: [{ kind: "ip", address: "192.0.2.1" }],
    ...over,
  });
  const cases: [string, Parameters<typeof judgeAddress>, string][] = [
    ["an address", [service(), "ip"], "ok: Its address is 192.0.2.1."],
    ["either kind", [service(), "any"], "ok: Its address is 192.0.2.1."],
    [
      "the other kind",
      [service(), "hostname"],
      "warning: The address 192.0.2.1 is an IP address; load balancers of this cloud have a host name.",
    ],
    [
      "none yet",
      [service({ addresses: [] }), "ip"],
      `error: Service ${EAST_WEST} has no address yet.`,
    ],
    ["no Service", [undefined, "ip"], `error: There is no Service ${EAST_WEST}.`],
    [
      "another type",
      [service({ type: "ClusterIP" }), "ip"],
      `error: Service ${EAST_WEST} is of type ClusterIP, not LoadBalancer.`,
    ],
    [
      "another port",
      [service({ ports: [443] }), "ip"],
      `error: Service ${EAST_WEST} doesn't have port 15443.`,
    ],
  ];
  for (const [what, args, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeAddress(...args)), [expected]));
  }
});

describe("check: cross-network-gateway", () => {
  const opening = (over: Partial<Opening> = {}): Opening => ({
    gateway: "cross-network-gateway",
    selector: { istio: "eastwestgateway" },
    port: 15443,
    tlsMode: "AUTO_PASSTHROUGH",
    hosts: ["*.local"],
    ...over,
  });
  const cases: [string, Opening[], string][] = [
    ["what is configured", [opening()], "ok: Port 15443 is open to *.local."],
    [
      "the same with its namespace",
      [opening({ hosts: ["istio-system/*.local"] })],
      "ok: Port 15443 is open to *.local.",
    ],
    ["none", [], "error: No Gateway opens port 15443."],
    [
      "one for another gateway",
      [opening({ selector: { istio: "ingressgateway" } })],
      "error: No Gateway opens port 15443.",
    ],
    [
      "another mode",
      [opening({ tlsMode: "PASSTHROUGH" })],
      "error: Gateway cross-network-gateway opens port 15443 with TLS mode PASSTHROUGH, not AUTO_PASSTHROUGH.",
    ],
    [
      "other hosts",
      [opening({ hosts: ["*.shop.svc.cluster.local"] })],
      "warning: Port 15443 is open to *.shop.svc.cluster.local, mesh:crossNetworkHosts says *.local.",
    ],
  ];
  for (const [what, openings, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeOpenings(openings, [gateway(EAST_WEST)], ["*.local"])), [
        expected,
      ]));
  }
});

describe("check: gateway-tls", () => {
  it("wants a workload's certificate under the mesh's root", async () => {
    const root = await rootAuthority("root");
    const stranger = await rootAuthority("stranger");
    const ca = await signedBy(root, "ca");
    const files = await cacertsOf(root, ca);
    const id = "spiffe://cluster.local/ns/echo/sa/echo";
    const answer = async (under: typeof ca) => ({
      result: "answered" as const,
      chain: pemsOf(await signedBy(under, "echo", days(1), id)),
    });
    assert.deepEqual(said(judgeAnswer(await answer(ca), files)), [
      `ok: ${id} answers TLS on 15443, under the mesh's root.`,
    ]);
    const [verdict] = judgeAnswer(await answer(await signedBy(stranger, "ca")), files);
    assert.equal(verdict?.severity, "error");
    assert.match(verdict.what, /with a certificate under another root/);
  });

  it("says why there is no answer, and that none could be asked for", () => {
    assert.deepEqual(said(judgeAnswer({ result: "closed", reason: "reset" }, {})), [
      "error: The gateway's pod gives no TLS answer on 15443: reset.",
    ]);
    assert.deepEqual(
      judgeAnswer(undefined, {}).map(({ severity }) => severity),
      ["info"],
    );
  });
});

describe("check: gateway-reachable", () => {
  const reach = (outcome: Reach["outcome"]): Reach => ({
    address: "192.0.2.1",
    outcome,
    said: "so",
  });
  const answers = (result: "closed" | "unreachable"): AddressAnswer[] => [
    { address: "192.0.2.1", result, reason: "why" },
  ];
  const cases: [string, Reach[], AddressAnswer[], string[]][] = [
    [
      "Envoy, which cuts strangers off",
      [reach("passthrough")],
      [],
      ["ok: 192.0.2.1 lets this cluster in."],
    ],
    [
      "the same where this machine is kept out",
      [reach("passthrough")],
      answers("unreachable"),
      ["ok: 192.0.2.1 lets this cluster in."],
    ],
    [
      "a load balancer with nothing behind it",
      [reach("passthrough")],
      answers("closed"),
      [
        "error: 192.0.2.1 takes connections and drops them, although the gateway's own pod answers: why.",
      ],
    ],
    ["nobody", [reach("refused")], [], ["error: 192.0.2.1 refuses connections: so."]],
    ["a firewall", [reach("silent")], [], ["error: 192.0.2.1 doesn't answer: so."]],
    [
      "a name that isn't known",
      [reach("unresolved")],
      [],
      ["error: 192.0.2.1 doesn't resolve: so."],
    ],
    [
      "somebody else",
      [reach("answered")],
      [],
      ["error: 192.0.2.1 is answered by something else than the gateway: so."],
    ],
    [
      "words that aren't known",
      [reach("unknown")],
      [],
      ["warning: 192.0.2.1 could not be judged: so."],
    ],
    ["no address", [], [], []],
  ];
  for (const [what, reaches, fromHere, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeReach(reaches, fromHere)), expected));
  }
});
