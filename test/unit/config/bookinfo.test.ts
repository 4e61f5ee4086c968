import assert from "node:assert/strict";
import fc from "fast-check";
import { bookinfoConfig, type BookinfoConfig } from "../../../config/bookinfo";
import { UserError } from "../../../config/errors";
import { schema } from "../../../config/schema";
import { clusterNames } from "../../support/config";
import { refusalOf } from "../../support/refusal";

const NAMES = ["ncloud", "nhn"];

const configOf = (
  raw: Readonly<Record<string, unknown>>,
  self = "ncloud",
  clusters = NAMES,
): BookinfoConfig | undefined =>
  bookinfoConfig(schema.bookinfo.parse({ enabled: true, ...raw }), clusters, self);

const here = (raw: Readonly<Record<string, unknown>>, self?: string, clusters?: string[]) => {
  const config = configOf(raw, self, clusters);
  assert(config !== undefined);
  return config;
};

const namesIn = ({ workloads }: BookinfoConfig): string[] => workloads.map(({ name }) => name);

const refused = (raw: Readonly<Record<string, unknown>>, sentence: RegExp): void =>
  assert.match(refusalOf(NAMES, { bookinfo: { enabled: true, ...raw } }), sentence);

describe("mesh:bookinfo", () => {
  it("makes nothing unless it is enabled", () => {
    assert.equal(configOf({ enabled: false }), undefined);
  });

  it("splits the sample as the guide does: reviews v1 in one cluster, v2 in the other", () => {
    assert.deepEqual(namesIn(here({})), [
      "productpage",
      "details",
      "ratings",
      "reviews-v1",
      "client",
    ]);
    assert.deepEqual(namesIn(here({}, "nhn")), ["reviews-v2", "client"]);
  });

  it("runs both versions in the one cluster of a mesh that has no other", () => {
    const names = namesIn(here({}, "one", ["one"]));
    assert(names.includes("reviews-v1") && names.includes("reviews-v2"));
  });

  it("shares requests 30 to 70, in every cluster alike", () => {
    const routes = [
      { version: "v1", weight: 30, addresses: [] },
      { version: "v2", weight: 70, addresses: [] },
    ];
    assert.deepEqual(here({}).routes, routes);
    assert.deepEqual(here({}, "nhn").routes, routes);
  });

  it("leaves a version without a share out of the routes, and keeps its subset", () => {
    const { routes, versions } = here({
      placement: { "reviews-v3": ["nhn"] },
      weights: { v1: 100, v2: 0 },
    });
    assert.deepEqual(routes, [{ version: "v1", weight: 100, addresses: [] }]);
    assert.deepEqual(versions, ["v1", "v2", "v3"]);
  });

  it("lets the page's host in at one cluster", () => {
    const host = "bookinfo.example.com";
    assert.deepEqual(here({ host }).entry, { host, kind: "https" });
    assert.equal(here({ host }, "nhn").entry, undefined);
    assert.deepEqual(here({ host, gateway: "nhn", entry: "http" }, "nhn").entry, {
      host,
      kind: "http",
    });
  });

  describe("with addresses", () => {
    const addresses = { nhn: "192.0.2.2" };

    it("reaches the versions of such a cluster by its gateway, which lets them in", () => {
      const caller = here({ addresses });
      assert.deepEqual(
        caller.routes.map((route) => route.addresses),
        [[], ["192.0.2.2"]],
      );
      assert.deepEqual(caller.opened, []);
      const called = here({ addresses }, "nhn");
      assert.deepEqual(called.opened, ["v2"]);
      assert(called.routes.every((route) => route.addresses.length === 0));
    });

    it("takes the mesh's way where one of the version's clusters has no address", () => {
      const { routes } = here({ addresses, placement: { "reviews-v2": ["ncloud", "nhn"] } });
      assert(routes.every((route) => route.addresses.length === 0));
    });

    it("knows clusters that are not the mesh's", () => {
      const { routes } = here(
        { addresses: { far: "gw.far.example.com" }, placement: { "reviews-v2": ["far"] } },
        "ncloud",
        ["ncloud"],
      );
      assert.deepEqual(routes[1]?.addresses, ["gw.far.example.com"]);
    });
  });

  it("of any placement and weights either routes all of 100 percent to what runs, or is refused", () => {
    const names = clusterNames(3);
    const places = fc.subarray(names);
    fc.assert(
      fc.property(
        fc.record({ "reviews-v1": places, "reviews-v2": places, "reviews-v3": places }),
        fc.record({ v1: fc.nat(100), v2: fc.nat(100) }),
        fc.dictionary(fc.constantFrom(...names), fc.constant("192.0.2.1")),
        fc.constantFrom(...names),
        (placement, { v1, v2 }, addresses, self) => {
          const weights = { v1, v2, v3: Math.max(0, 100 - v1 - v2) };
          let config: BookinfoConfig;
          try {
            config = here({ placement, weights, addresses }, self, names);
          } catch (error) {
            assert(error instanceof UserError, String(error));
            return;
          }
          assert.equal(
            config.routes.reduce((sum, { weight }) => sum + weight, 0),
            100,
          );
          for (const { version, addresses: by } of config.routes) {
            const runsOn = placement[`reviews-${version}`];
            assert(runsOn.length > 0);
            assert.equal(
              by.length > 0,
              runsOn.every((name) => name !== self && name in addresses),
            );
          }
        },
      ),
    );
  });

  it("refuses what could not take effect, in one sentence", () => {
    refused(
      { weights: { v1: 30, v2: 30 } },
      /^mesh:bookinfo\.weights must be 100 together, got 60: change v1 \(30\), v2 \(30\), v3 \(0\)$/,
    );
    refused(
      { weights: { v1: 30, v2: 30, v3: 40 } },
      /^mesh:bookinfo\.weights\.v3 is 40, but reviews-v3 runs nowhere: name a cluster in mesh:bookinfo\.placement\.reviews-v3, or write 0$/,
    );
    refused(
      { placement: { ratings: ["nhm"] } },
      /^mesh:bookinfo\.placement\.ratings\[0\] must be a cluster of mesh:clusters or mesh:bookinfo\.addresses, got "nhm": write ncloud or nhn$/,
    );
    refused({ gateway: "nhm" }, /^mesh:bookinfo\.gateway must be a cluster/);
    refused(
      { host: "bookinfo.example.com", placement: { productpage: [] } },
      /^mesh:bookinfo\.host is bookinfo\.example\.com, but the product page runs nowhere/,
    );
    refused(
      { host: "http://x.example.com" },
      /^mesh:bookinfo\.host must be a DNS name.*leave out the scheme/,
    );
    refused({ addresses: { nhn: "https://192.0.2.2" } }, /^mesh:bookinfo\.addresses\.nhn must be/);
    refused({ placement: { review: ["nhn"] } }, /^mesh:bookinfo\.placement .*remove review$/);
  });
});
