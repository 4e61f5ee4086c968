import assert from "node:assert/strict";
import { compare, type Side } from "../../../bench/clova-rounds";

const side = (perSecond: number, cpu: number): Side => ({ perSecond, cpu, p99: 1e4 / perSecond });

describe("the Clova extension's throughput", () => {
  const compared = compare([
    { clova: side(4000, 250), verifying: side(5000, 200), echo: side(10_000, 100) },
    { clova: side(100, 500), verifying: side(250, 400), echo: side(500, 200) },
    { clova: side(3000, 300), verifying: side(4000, 200), echo: side(10_000, 90) },
  ]);

  it("is compared within rounds, so that a machine that slows down doesn't matter", () => {
    const { clovaToEcho, verifyingEchoToEcho, clovaToVerifyingEcho, clovaToEchoByCpu } = compared;
    assert.deepEqual(
      [clovaToEcho, verifyingEchoToEcho, clovaToVerifyingEcho, clovaToEchoByCpu],
      [0.3, 0.5, 0.75, 0.4],
    );
  });

  it("says how much of the core there was for it", () => {
    assert.equal(compared.clovaShareOfCore, 0.9);
    assert.equal(compared.echoShareOfCore, 0.9);
  });

  it("comes with the middle of all rounds", () => {
    assert.equal(compared.rounds, 3);
    assert.equal(compared.clovaRequestsPerSecond, 3000);
    assert.equal(compared.echoP99Milliseconds, 1);
  });
});
