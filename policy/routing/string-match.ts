import { z } from "zod";

/** Istio's StringMatch: one of the three, or none. */
export const stringMatch = z.object({
  exact: z.string().nullish(),
  prefix: z.string().nullish(),
  regex: z.string().nullish(),
});
export type StringMatch = z.output<typeof stringMatch>;

/** Whether it asks for a header to be there and no more (`canBeConvertedToPresentMatch`, istio/istio). */
export const asksForPresence = ({ exact, prefix, regex }: StringMatch): boolean =>
  isNothing(exact) && isNothing(prefix) && (isNothing(regex) || regex === "*");

/** Whether it takes every value that is there. */
export const takesAnything = (match: StringMatch): boolean =>
  asksForPresence(match) || match.prefix === "" || match.regex === ".*";

/**
 * Whether every text that `narrow` takes is taken by `broad` too.
 *
 * Errs on the side of no: of two regular expressions only equal ones are said to cover each other.
 */
export function covers(broad: StringMatch, narrow: StringMatch): boolean {
  if (takesAnything(broad)) {
    return true;
  }
  if (!isNothing(narrow.exact)) {
    return takes(broad, narrow.exact);
  }
  if (!isNothing(narrow.prefix)) {
    return !isNothing(broad.prefix) && narrow.prefix.startsWith(broad.prefix);
  }
  return !isNothing(narrow.regex) && broad.regex === narrow.regex;
}

function takes({ exact, prefix, regex }: StringMatch, text: string): boolean {
  if (!isNothing(exact)) {
    return exact === text;
  }
  if (!isNothing(prefix)) {
    return text.startsWith(prefix);
  }
  return !isNothing(regex) && fullMatch(regex, text);
}

/** Istio's expressions are RE2's, and match whole values; what JavaScript doesn't know takes nothing. */
function fullMatch(regex: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${regex})$`, "u").test(text);
  } catch {
    return false;
  }
}

const isNothing = (value: string | null | undefined): value is null | undefined =>
  value === null || value === undefined;
