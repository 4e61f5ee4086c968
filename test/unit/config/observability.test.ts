import assert from "node:assert/strict";
import { observabilityConfig } from "../../../config/observability";
import { observability as schema } from "../../../config/observability-schema";
import { parseConfig } from "../../../config/parse";
import { rawConfig } from "../../support/config";
import { refusalOf } from "../../support/refusal";

const NAMES = ["ncloud", "nhn", "gke"];

const parse = (over: Record<string, unknown> = {}, self = "ncloud") => {
  const config = observabilityConfig(schema.parse({ enabled: true, ...over }), NAMES, self);
  assert(config);
  return config;
};

const refusal = (observability: unknown): string => refusalOf(NAMES, { observability });

describe("mesh:observability", () => {
  it("is nothing unless enabled", () => {
    assert.equal(observabilityConfig(schema.parse({}), NAMES, "ncloud"), undefined);
  });

  it("gives every cluster its metrics, and the first one the view of the whole mesh", () => {
    assert.deepEqual(parse().whole?.peers, ["nhn", "gke"]);
    assert.equal(parse({}, "nhn").whole, undefined);
    assert.equal(parse({}, "nhn").prometheus.retention, "15d");
  });

  it("puts that view where told", () => {
    assert.equal(parse({ cluster: "gke" }).whole, undefined);
    assert.deepEqual(parse({ cluster: "gke" }, "gke").whole?.peers, ["ncloud", "nhn"]);
  });

  it("leaves out each piece that is turned off", () => {
    const off = { enabled: false };
    const { tracing, whole } = parse({ tracing: off, grafana: off, kiali: off });
    assert.equal(tracing, undefined);
    assert.deepEqual(whole, {
      peers: ["nhn", "gke"],
      jaeger: undefined,
      grafana: undefined,
      kiali: undefined,
    });
  });

  it("keeps metrics in the pod where there is to be no volume", () => {
    assert.equal(parse().prometheus.storage, "20Gi");
    assert.equal(parse({ prometheus: { storage: "none" } }).prometheus.storage, undefined);
  });

  it("needs a certificate for Grafana's host, through the cluster that has Grafana", () => {
    const config = (observability: object, stack: string) => {
      const parsed = parseConfig(
        rawConfig(NAMES, {
          observability: { enabled: true, ...observability },
          https: { email: "operator@example.com" },
        }),
        stack,
      );
      assert(parsed.kind === "cluster");
      return parsed.https?.hosts;
    };
    const grafana = { host: "grafana.example.com" };
    assert.deepEqual(config({ grafana }, "ncloud"), ["grafana.example.com"]);
    assert.equal(config({ grafana }, "nhn"), undefined);
    assert.deepEqual(config({ grafana, cluster: "nhn" }, "nhn"), ["grafana.example.com"]);
    assert.equal(config({ grafana: { ...grafana, enabled: false } }, "ncloud"), undefined);
  });

  const refusals: readonly (readonly [string, unknown, RegExp])[] = [
    [
      "a cluster that nobody knows",
      { enabled: true, cluster: "eks" },
      /^mesh:observability\.cluster .*ncloud or nhn or gke/,
    ],
    [
      "a retention without a unit",
      { prometheus: { retention: "15" } },
      /^mesh:observability\.prometheus\.retention .*15d/,
    ],
    [
      "a volume without a unit",
      { prometheus: { storage: "20" } },
      /^mesh:observability\.prometheus\.storage .*20Gi/,
    ],
    [
      "more than every request",
      { tracing: { samplingPercent: 101 } },
      /^mesh:observability\.tracing\.samplingPercent /,
    ],
    [
      "a property that isn't one",
      { grafana: { hots: "x" } },
      /^mesh:observability\.grafana .*hots/,
    ],
    [
      "a host without an e-mail address for its certificate",
      { enabled: true, grafana: { host: "grafana.example.com" } },
      /mesh:https\.email is missing, and mesh:observability\.grafana\.host needs a certificate/,
    ],
  ];
  for (const [what, value, sentence] of refusals) {
    it(`refuses ${what}`, () => {
      assert.match(refusal(value), sentence);
    });
  }
});
