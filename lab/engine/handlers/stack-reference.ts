import { UserError } from "../../../config/errors";
import { textOf } from "../../../config/json";
import { readState, stateFile } from "../state";
import type { Handler } from "./handler";

/** `pulumi:pulumi:StackReference`: the outputs of another stack of the same project. */
export const stackReference: Handler = {
  up: () => Promise.reject(new Error("a StackReference is read, never made")),
  read: ({ inputs, id }, { project, stateDir }) => {
    const name = textOf(inputs["name"]) ?? id;
    const [stack, itsProject = project] = name.split("/").toReversed() as [string, string?];
    const state = itsProject === project ? readState(stateFile(stateDir, stack)) : undefined;
    if (state === undefined) {
      return Promise.reject(
        new UserError(
          `stack ${name} has no outputs: deploy ${stack} before the stacks that read it`,
        ),
      );
    }
    const { outputs, secretOutputs } = state;
    return Promise.resolve({
      outputs: { name, outputs, secretOutputNames: secretOutputs },
      secretOutputs: secretOutputs.length > 0 ? ["outputs"] : [],
    });
  },
};
