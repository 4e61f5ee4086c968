import assert from "node:assert/strict";
import { compare } from "../../../bench/theater";

describe("the gateway's throughput", () => {
  it("is compared within rounds, so that a machine that slows down doesn't matter", () => {
    const compared = compare([
      { gateway: 900, bare: 1000 },
      { gateway: 90, bare: 100 },
      { gateway: 400, bare: 800 },
    ]);
    assert.deepEqual(compared, {
      gatewayRequestsPerSecond: 400,
      bareRequestsPerSecond: 800,
      gatewayToBare: 0.9,
    });
  });
});
