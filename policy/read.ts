import { z } from "zod";
import type { Plain } from "./inputs";

/** A part that a shape takes along as it is. */
export const anything = z.custom<Plain>(() => true);

/** An object of which a shape wants every entry. */
export const object = z.record(z.string(), anything);

/**
 * What a value says of a shape.
 *
 * @returns undefined where a part that the shape asks for is not known yet, or is of a type that the
 *   API server refuses anyway: there is nothing to judge, and `up` judges again with all values known
 */
export function read<T extends z.ZodType>(shape: T, value: Plain): z.output<T> | undefined {
  const result = shape.safeParse(value);
  return result.success ? result.data : undefined;
}
