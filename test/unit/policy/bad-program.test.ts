import assert from "node:assert/strict";
import { policies } from "../../../policy/index";
import { badProgram } from "../../fixtures/policy/bad-program";
import { expected } from "../../fixtures/policy/expected";
import { judge } from "../../support/policies";
import { record } from "../../support/record";

/** What mocks have none of: a stack resource, and providers that Pulumi makes itself. */
const ENGINE_ONLY = ["config-encrypted", "no-default-provider"];

const inOrder = <T>(rows: readonly T[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

describe("a program that does what it shouldn't", () => {
  it("is refused for all of it, and for nothing else", async () => {
    const { resources } = await record("bad", badProgram);
    assert.deepEqual(
      inOrder(await judge(resources)),
      inOrder(expected.filter(({ policy }) => !ENGINE_ONLY.includes(policy)).map(asFound)),
    );
  });

  it("breaks every policy", () => {
    const broken = new Set(expected.map(({ policy }) => policy));
    assert.deepEqual(
      policies.filter(({ name }) => !broken.has(name)),
      [],
    );
  });

  it("shows every policy at its own level", () => {
    for (const { policy, level } of expected) {
      const declared = policies.find(({ name }) => name === policy)?.enforcementLevel;
      assert.equal(level, declared === "remediate" ? "mandatory" : declared, policy);
    }
  });
});

const asFound = ({ policy, resource, sentence, level }: (typeof expected)[number]) => ({
  policy,
  resource,
  sentence,
  level,
});
