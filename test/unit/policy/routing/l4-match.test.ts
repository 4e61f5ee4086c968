import assert from "node:assert/strict";
import fc from "fast-check";
import { hostCovers, l4Covers, type L4Match } from "../../../../policy/routing/l4-match";

const covers = (broad: L4Match, narrow: L4Match) => l4Covers(broad, narrow, ["mesh"]);

const aHost = fc
  .array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 3 })
  .chain((labels) =>
    fc.constantFrom(labels.join("."), `*.${labels.join(".")}`, "*", `*${labels.join(".")}`),
  );

/** Whether a server name fits a host of a VirtualService's sniHosts. */
const fits = (host: string, name: string) =>
  host.startsWith("*") ? name.endsWith(host.slice(1)) : host === name;

describe("l4Covers", () => {
  it("of hosts is true only where every name that the narrow one fits is fitted by the broad one", () => {
    const aName = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(aHost, aHost, fc.array(aName), (broad, narrow, names) => {
        if (hostCovers(broad, narrow)) {
          names
            .map((labels) => labels.join("."))
            .filter((name) => fits(narrow, name))
            .forEach((name) => assert(fits(broad, name), name));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("takes a match without conditions for the broadest", () => {
    assert(covers({}, { port: 443, sniHosts: ["a"] }));
    assert(!covers({ port: 443 }, {}));
  });

  it("asks for each of the narrow match's hosts and subnets", () => {
    assert(covers({ sniHosts: ["*.a", "b"] }, { sniHosts: ["x.a"] }));
    assert(!covers({ sniHosts: ["*.a"] }, { sniHosts: ["x.a", "b"] }));
    assert(!covers({ sniHosts: ["*.a"] }, {}));
    assert(covers({ destinationSubnets: ["10.0.0.0/8"] }, { destinationSubnets: ["10.0.0.0/8"] }));
  });

  it("asks for the caller's labels also where gateways are named", () => {
    const broad = { gateways: ["mesh"], sourceLabels: { app: "a" } };
    assert(covers(broad, { sourceLabels: { app: "a", tier: "web" } }));
    assert(!covers(broad, { gateways: ["mesh"] }));
  });
});
