import { digest, without } from "../../../config/json";
import type { Handler } from "./handler";

export type Values = Readonly<Record<string, unknown>>;

/** A resource that is nothing but values in the state: a key, a certificate, a password. */
export interface LogicalResource {
  readonly create: (inputs: Values, now: Date) => Promise<Values> | Values;
  /** Which output is the resource's ID. */
  readonly id: (outputs: Values) => string;
  /** Outputs that depend on when they are asked for, worked out anew in every run. */
  readonly refresh?: (inputs: Values, outputs: Values, now: Date) => Values;
  /** Whether it has to be made anew although its inputs stayed as they were. */
  readonly isStale?: (outputs: Values) => boolean;
  /** Inputs that have no part in what is made. */
  readonly indifferentTo?: readonly string[];
}

/** Makes it once and keeps it until its inputs change; a change is a new one. */
export const logical = (resource: LogicalResource): Handler => ({
  up: async ({ inputs, inputsDigest, previous }, { now }) => {
    const recipe = digest(without(inputs, resource.indifferentTo ?? []));
    const refreshed = (outputs: Values): Values => ({
      ...outputs,
      ...resource.refresh?.(inputs, outputs, now()),
    });
    if (previous !== undefined && previous.memo["recipe"] === recipe) {
      const outputs = refreshed(previous.outputs);
      if (resource.isStale?.(outputs) !== true) {
        const op = previous.inputsDigest === inputsDigest ? "same" : "update";
        return { op, id: previous.id, memo: { recipe }, outputs };
      }
    }
    const outputs = refreshed(await resource.create(inputs, now()));
    const op = previous === undefined ? "create" : "replace";
    return { op, id: resource.id(outputs), memo: { recipe }, outputs };
  },
});
