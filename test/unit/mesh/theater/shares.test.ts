import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { virtualService } from "../../../../components/theater/traffic";
import { UserError } from "../../../../config/errors";
import { sharesOf, withShares, type LiveRoute } from "../../../../mesh/theater/live-route";
import { saveShares } from "../../../../mesh/theater/save-shares";
import { parseShares, serviceNamed } from "../../../../mesh/theater/shares";

const PLACES = ["ncloud", "nhn"];

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert(error instanceof UserError);
    assert.doesNotMatch(error.message, /\n/);
    return error.message;
  }
  assert.fail("was accepted");
};

const live = (): LiveRoute =>
  virtualService({
    service: "user-service",
    weights: [
      { cluster: "ncloud", weight: 70 },
      { cluster: "nhn", weight: 30 },
    ],
    canary: "nhn",
  });

describe("shares of a service's traffic", () => {
  it("are read as written, and 0 for the cluster that isn't named", () => {
    assert.deepEqual(parseShares(["nhn=10", "ncloud=90"], PLACES), { ncloud: 90, nhn: 10 });
    assert.deepEqual(parseShares(["nhn=100"], PLACES), { ncloud: 0, nhn: 100 });
  });

  for (const [what, texts, sentence] of [
    ["too little", ["ncloud=90"], /must be 100 together, got 90/],
    ["too much", ["ncloud=90", "nhn=20"], /must be 100 together, got 110/],
    ["a negative one", ["ncloud=-1", "nhn=101"], /^ncloud=-1 is no share: /],
    ["one above 100", ["ncloud=101"], /^ncloud=101 is no share: /],
    ["half a percent", ["ncloud=0.5", "nhn=99.5"], /^ncloud=0\.5 is no share: /],
    ["a number alone", ["90"], /^90 is no share: /],
    ["another cluster", ["aws=100"], /^aws doesn't run the service, .*: write ncloud or nhn$/],
    ["the same twice", ["nhn=50", "nhn=50"], /^nhn has two shares: /],
  ] as const) {
    it(`are refused in one sentence: ${what}`, () => {
      assert.match(
        refusal(() => parseShares(texts, PLACES)),
        sentence,
      );
    });
  }

  it("are of a service that is called with or without its ending", () => {
    assert.equal(serviceNamed("user"), "user-service");
    assert.equal(serviceNamed("booking-service"), "booking-service");
    assert.match(
      refusal(() => serviceNamed("redis")),
      /^redis is no service whose traffic is divided: write user or movie or booking$/,
    );
  });

  it("change the rules that they decide and nothing else, and are what is read back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
        const shares = { ncloud: percent, nhn: 100 - percent };
        const changed = withShares(live(), shares);
        assert.deepEqual(sharesOf(changed), shares);
        assert.deepEqual(
          changed,
          virtualService({
            service: "user-service",
            weights: [
              { cluster: "ncloud", weight: percent },
              { cluster: "nhn", weight: 100 - percent },
            ],
            canary: "nhn",
          }),
        );
      }),
    );
  });

  it("keep what somebody else put into a rule", () => {
    const route = live();
    const fault = { delay: { fixedDelay: "3s", percentage: { value: 30 } } };
    const faulty = {
      ...route,
      spec: { ...route.spec, http: route.spec.http.map((rule) => ({ ...rule, fault })) },
    };
    const changed = withShares(faulty, { ncloud: 0, nhn: 100 });
    assert(changed.spec.http.every((rule) => rule["fault"] === fault));
    assert.deepEqual(sharesOf(changed), { ncloud: 0, nhn: 100 });
  });
});

describe("shares in the stacks' files", () => {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "theater-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const write = (file: string, text: string): void => writeFileSync(join(dir, file), text);
  const read = (file: string): string => readFileSync(join(dir, file), "utf8");
  const save = (): string[] =>
    saveShares({ dir, env: {} }, "user-service", { ncloud: 90, nhn: 10 });

  it("are written wherever the theater is configured, and comments stay", () => {
    write("Pulumi.yaml", "name: mesh\nconfig:\n  theater:\n    type: object\n    default: {}\n");
    const text =
      "config:\n  # our theater\n  mesh:theater:\n    enabled: true # since May\n  mesh:echo: true\n";
    write("Pulumi.ncloud.yaml", text);
    write("Pulumi.trust.yaml", text);
    write("Pulumi.nhn.yaml", "config:\n  mesh:echo: true\n");
    assert.deepEqual(save(), [join(dir, "Pulumi.ncloud.yaml"), join(dir, "Pulumi.trust.yaml")]);
    assert.match(read("Pulumi.ncloud.yaml"), /# our theater[^]*# since May/);
    assert.deepEqual((parse(read("Pulumi.trust.yaml")) as { config: unknown }).config, {
      "mesh:theater": { enabled: true, weights: { "user-service": { ncloud: 90, nhn: 10 } } },
      "mesh:echo": true,
    });
    assert.equal(read("Pulumi.nhn.yaml"), "config:\n  mesh:echo: true\n");
  });

  it("are written to the project's own file where that configures the theater", () => {
    write("Pulumi.yaml", "name: mesh\nconfig:\n  theater:\n    default:\n      enabled: true\n");
    write("Pulumi.ncloud.yaml", "config: {}\n");
    assert.deepEqual(save(), [join(dir, "Pulumi.yaml")]);
    assert.match(read("Pulumi.yaml"), /user-service:\n\s+ncloud: 90\n\s+nhn: 10/);
  });

  it("are not lost in silence", () => {
    write("Pulumi.yaml", "name: mesh\n");
    assert.match(refusal(save), /configures mesh:theater, so the shares were not saved/);
  });
});
