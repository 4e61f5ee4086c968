import { z } from "zod";
import { sourceCovers, sourceMatch, type SourceMatch } from "./source";
import {
  asksForPresence,
  covers,
  stringMatch,
  takesAnything,
  type StringMatch,
} from "./string-match";

const byName = z.record(z.string(), stringMatch).nullish();

/** The conditions of Istio's HTTPMatchRequest; a request has to meet all of them. */
export const httpMatch = z.object({
  ...sourceMatch,
  uri: stringMatch.nullish(),
  ignoreUriCase: z.boolean().nullish(),
  scheme: stringMatch.nullish(),
  method: stringMatch.nullish(),
  authority: stringMatch.nullish(),
  headers: byName,
  withoutHeaders: byName,
  queryParams: byName,
});
export type HttpMatch = z.output<typeof httpMatch>;

/**
 * Whether every request that `narrow` takes is taken by `broad` too, as istiod translates both
 * (pilot/pkg/networking/core/route, TranslateRoute).
 *
 * Errs on the side of no.
 *
 * @param gateways of the VirtualService as a whole
 */
export const httpCovers = (
  broad: HttpMatch,
  narrow: HttpMatch,
  gateways: readonly string[],
): boolean =>
  sourceCovers(effectiveSource(broad), effectiveSource(narrow), gateways) &&
  coversUri(broad, narrow) &&
  (["scheme", "method", "authority"] as const).every((part) =>
    coversOptional(broad[part], narrow[part]),
  ) &&
  coversNames(headers(broad.headers), headers(narrow.headers)) &&
  coversNames(broad.queryParams ?? {}, narrow.queryParams ?? {}) &&
  coversAbsences(headers(broad.withoutHeaders), headers(narrow.withoutHeaders));

/** With gateways of its own, a match of HTTP isn't asked for the caller's labels (sourceMatchHTTP). */
const effectiveSource = (match: HttpMatch): SourceMatch =>
  match.gateways && match.gateways.length > 0
    ? { gateways: match.gateways, port: match.port }
    : match;

const coversOptional = (
  broad: StringMatch | null | undefined,
  narrow: StringMatch | null | undefined,
): boolean => !broad || (narrow ? covers(broad, narrow) : false);

function coversUri(broad: HttpMatch, narrow: HttpMatch): boolean {
  // Every path begins with a slash.
  if (!broad.uri || takesAnything(broad.uri) || broad.uri.prefix === "/") {
    return true;
  }
  if (!narrow.uri) {
    return false;
  }
  return foldsCase(broad)
    ? covers(lowered(broad.uri), lowered(narrow.uri))
    : !foldsCase(narrow) && covers(broad.uri, narrow.uri);
}

/** Case is ignored in paths and prefixes, never in regular expressions. */
const foldsCase = ({ ignoreUriCase, uri }: HttpMatch): boolean =>
  ignoreUriCase === true && !uri?.regex;

const lowered = ({ exact, prefix, regex }: StringMatch): StringMatch => ({
  exact: exact?.toLowerCase(),
  prefix: prefix?.toLowerCase(),
  regex,
});

type ByName = Readonly<Record<string, StringMatch>>;

/** The names of headers are in lower case on the wire; claims of a token keep theirs. */
const headers = (given: ByName | null | undefined): ByName =>
  Object.fromEntries(
    Object.entries(given ?? {}).map(([name, match]) => [
      name.startsWith("@") ? name : name.toLowerCase(),
      match,
    ]),
  );

const coversNames = (broad: ByName, narrow: ByName): boolean =>
  Object.entries(broad).every(([name, match]) => coversOptional(match, narrow[name]));

/**
 * The other way round: who excludes more takes less. A header that is missing counts as an empty
 * one, unless presence itself is excluded.
 */
const coversAbsences = (broad: ByName, narrow: ByName): boolean =>
  Object.entries(broad).every(([name, excluded]) => {
    const alsoExcluded = narrow[name];
    return (
      alsoExcluded !== undefined &&
      asksForPresence(alsoExcluded) === asksForPresence(excluded) &&
      covers(alsoExcluded, excluded)
    );
  });
