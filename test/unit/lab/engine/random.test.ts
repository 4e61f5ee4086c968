import assert from "node:assert/strict";
import fc from "fast-check";
import { temporaryFolder, TestStack } from "./support";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const ID = "random:index/randomId:RandomId";

describe("random resources", () => {
  const folder = temporaryFolder();
  const password = async (stack: TestStack, inputs: object): Promise<string> =>
    String(
      (await stack.register(PASSWORD, "p", inputs as Record<string, unknown>)).outputs["result"],
    );

  it("keeps a password from run to run until its inputs change", async () => {
    const stack = new TestStack(folder.path);
    const first = await password(stack, { length: 20 });
    assert.equal(await password(stack.next(), { length: 20 }), first);
    assert.deepEqual(stack.operations, ["same RandomPassword p"]);
    assert.notEqual(await password(stack.next(), { length: 20, keepers: { a: "1" } }), first);
    assert.deepEqual(stack.operations, ["replace RandomPassword p"]);
  });

  it("has the length, the classes and the minimums that were asked for", async () => {
    const stack = new TestStack(folder.path);
    const minimums = fc.record({
      minLower: fc.nat(3),
      minUpper: fc.nat(3),
      minNumeric: fc.nat(3),
      minSpecial: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(minimums, fc.integer({ min: 12, max: 40 }), async (minimum, length) => {
        const text = await password(stack.next(), { ...minimum, length, overrideSpecial: "_%" });
        const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
        assert.equal(text.length, length);
        assert.match(text, /^[a-zA-Z0-9_%]+$/);
        assert.ok(count(/[a-z]/g) >= minimum.minLower && count(/[A-Z]/g) >= minimum.minUpper);
        assert.ok(count(/[0-9]/g) >= minimum.minNumeric && count(/[_%]/g) >= minimum.minSpecial);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves out the classes that are switched off", async () => {
    const stack = new TestStack(folder.path);
    assert.match(
      await password(stack, { length: 200, special: false, upper: false }),
      /^[a-z0-9]{200}$/,
    );
  });

  it("shows an ID of so many bytes in each of its forms, with its prefix", async () => {
    const { outputs, id } = await new TestStack(folder.path).register(ID, "id", {
      byteLength: 8,
      prefix: "p-",
    });
    const hex = String(outputs["hex"]).slice(2);
    assert.match(hex, /^[0-9a-f]{16}$/);
    assert.equal(outputs["b64Url"], `p-${Buffer.from(hex, "hex").toString("base64url")}`);
    assert.equal(outputs["dec"], `p-${BigInt(`0x${hex}`)}`);
    assert.equal(`p-${id}`, outputs["b64Url"]);
  });
});
