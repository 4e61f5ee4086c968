import { Problem } from "@istio-multicloud/service-kit";
import assert from "node:assert/strict";
import { authenticate } from "../../../../apps/clova/src/authenticate";
import { KeyCache } from "../../../../apps/clova/src/signature/key-cache";
import { parsePublicKeys } from "../../../../apps/clova/src/signature/public-keys";
import { sign } from "../../../../apps/clova/src/signature/sign";
import { cekKeys, otherKeys } from "./keys";
import { fixture } from "./support";

const MINUTE = 60_000;
const [before, after] = [cekKeys(), otherKeys()];
const body = fixture("launch");

/** CEK's key as it is published, and a clock. */
function published() {
  const world = { now: 0, pem: before.pem, loads: 0 };
  const keys = new KeyCache(
    () => {
      world.loads++;
      return Promise.resolve({ pem: world.pem, keys: parsePublicKeys(world.pem) });
    },
    { timeToLive: 60 * MINUTE, onFailure: assert.fail, now: () => world.now },
  );
  return { world, keys };
}

const refused = (status: number) => (error: unknown) =>
  error instanceof Problem && error.status === status;

describe("authentication", () => {
  it("takes the first request with CEK's new key, and then no other with the old one", async () => {
    const { world, keys } = published();
    await authenticate(body, sign(body, before.privateKey), keys);
    world.pem = after.pem;
    world.now = MINUTE;
    await authenticate(body, sign(body, after.privateKey), keys);
    await assert.rejects(authenticate(body, sign(body, before.privateKey), keys), refused(401));
    assert.equal(world.loads, 2);
  });

  it("takes both keys while CEK publishes both", async () => {
    const { world, keys } = published();
    world.pem = before.pem + after.pem;
    for (const { privateKey } of [before, after]) {
      await authenticate(body, sign(body, privateKey), keys);
    }
    assert.equal(world.loads, 1);
  });

  it("looks at no key for a request that has no signature", async () => {
    const { world, keys } = published();
    await assert.rejects(authenticate(body, undefined, keys), refused(401));
    assert.equal(world.loads, 0);
  });
});
