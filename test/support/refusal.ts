import assert from "node:assert/strict";
import { UserError } from "../../config/errors";
import { parseConfig } from "../../config/parse";
import { rawConfig } from "./config";

/**
 * The one sentence by which a configuration is refused, as wrong use.
 *
 * @param names clusters of the mesh
 * @throws AssertionError when it is accepted, or refused in another way
 */
export function refusalOf(
  names: readonly string[],
  over: Record<string, unknown>,
  stack = "ncloud",
): string {
  try {
    parseConfig(rawConfig(names, over), stack);
  } catch (error) {
    assert(error instanceof UserError);
    assert.equal(error.exitCode, 2);
    assert.doesNotMatch(error.message, /\n/);
    return error.message;
  }
  assert.fail("was accepted");
}
