import { join } from "node:path";
import { readState, stateFile } from "../engine/state";
import { paths } from "../paths";

/** Where the stand-in keeps the stacks' states. */
export const STATE_DIR = join(paths.run, "stacks");

/** Outputs of a stack that the stand-in has deployed, without secrets. */
export function standInOutputs(stack: string): Record<string, unknown> | undefined {
  const state = readState(stateFile(STATE_DIR, stack));
  return (
    state &&
    Object.fromEntries(
      Object.entries(state.outputs).filter(([name]) => !state.secretOutputs.includes(name)),
    )
  );
}
