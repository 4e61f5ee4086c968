import assert from "node:assert/strict";
import { judgeNetwork } from "../../../../../mesh/check/checks/network";
import { said } from "../../../../support/preflight";

const labels = (network?: string) => ({
  labels: (network === undefined ? {} : { "topology.istio.io/network": network }) as Record<
    string,
    string
  >,
});
const service = (network?: string) => ({
  name: "istio-eastwestgateway",
  type: "LoadBalancer",
  ports: [15443],
  addresses: [],
  ...labels(network),
});

describe("check: network", () => {
  const cases: [string, Parameters<typeof judgeNetwork>, string[]][] = [
    [
      "the right labels",
      [labels("a"), service("a"), "a"],
      ["ok: Namespace and gateway are labelled as network a."],
    ],
    [
      "a namespace without",
      [labels(), service("a"), "a"],
      [
        "error: Namespace istio-system is labelled topology.istio.io/network=(nothing) instead of a.",
      ],
    ],
    [
      "a gateway of another network",
      [labels("a"), service("b"), "a"],
      [
        "error: Service istio-eastwestgateway is labelled topology.istio.io/network=b instead of a.",
      ],
    ],
    [
      "no gateway: gateway-address says so",
      [labels("a"), undefined, "a"],
      ["ok: Namespace and gateway are labelled as network a."],
    ],
  ];
  for (const [what, args, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeNetwork(...args)), expected));
  }
});
