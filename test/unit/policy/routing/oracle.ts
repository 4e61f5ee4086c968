import fc from "fast-check";
import type { HttpMatch } from "../../../../policy/routing/http-match";
import type { StringMatch } from "../../../../policy/routing/string-match";

/** A small world of texts, so that conditions often meet. */
export const aText = fc.string({ unit: fc.constantFrom("a", "b", "A", "/"), maxLength: 4 });

const aRegex = fc.constantFrom(".*", "*", "a.*", "a+", "[ab]", "(a|b)/.*", "a", "A?b?");

export const aStringMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  aText.map((exact) => ({ exact })),
  aText.map((prefix) => ({ prefix })),
  aRegex.map((regex) => ({ regex })),
  fc.constant({}),
);

/** What Envoy does with a condition on a text that is there. */
export function takes({ exact, prefix, regex }: StringMatch, text: string): boolean {
  if (typeof exact === "string") {
    return text === exact;
  }
  if (typeof prefix === "string") {
    return text.startsWith(prefix);
  }
  return typeof regex !== "string" || regex === "*" || new RegExp(`^(?:${regex})$`).test(text);
}

const aPath = aText.map((text) => `/${text}`);
const names = fc.constantFrom("x", "y");

/** One request, and who calls through what. */
export interface Request {
  readonly path: string;
  readonly scheme: string;
  readonly method: string;
  readonly authority: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly port: number;
  readonly gateway: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
}

/** Gateways of the VirtualService that the matches are part of. */
export const GATEWAYS = ["mesh", "public"];
const aGateway = fc.constantFrom(...GATEWAYS);
const aPort = fc.constantFrom(80, 443);
const aNamespace = fc.constantFrom("shop", "bank");
const someLabels = fc.dictionary(names, fc.constantFrom("1", "2"), { maxKeys: 2 });

export const aRequest: fc.Arbitrary<Request> = fc.record({
  path: aPath,
  scheme: aText,
  method: aText,
  authority: aText,
  headers: fc.dictionary(names, aText, { maxKeys: 2 }),
  query: fc.dictionary(names, aText, { maxKeys: 2 }),
  port: aPort,
  gateway: aGateway,
  labels: someLabels,
  namespace: aNamespace,
});

const aUri: fc.Arbitrary<StringMatch> = fc.oneof(
  aPath.map((exact) => ({ exact })),
  aPath.map((prefix) => ({ prefix })),
  fc.constantFrom("/.*", ".*", "/a+", "/[ab]", "/A").map((regex) => ({ regex })),
);
const byName = fc.dictionary(names, aStringMatch, { maxKeys: 2 });

const CONDITIONS = {
  uri: aUri,
  ignoreUriCase: fc.boolean(),
  scheme: aStringMatch,
  method: aStringMatch,
  authority: aStringMatch,
  headers: byName,
  withoutHeaders: byName,
  queryParams: byName,
  port: aPort,
  gateways: fc.subarray(GATEWAYS, { minLength: 1 }),
  sourceLabels: someLabels,
  sourceNamespace: aNamespace,
};

/** A match with few conditions: with many, hardly any two would have to do with each other. */
export const aMatch: fc.Arbitrary<HttpMatch> = fc
  .tuple(
    fc.record(CONDITIONS),
    fc.subarray(Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[], { maxLength: 3 }),
  )
  .map(([all, keys]) => Object.fromEntries(keys.map((key) => [key, all[key]])));

/** What istiod and Envoy do with a match, by their sources (sourceMatchHTTP, TranslateRouteMatch). */
export function matches(match: HttpMatch, request: Request): boolean {
  const fits = (condition: StringMatch | null | undefined, text: string) =>
    !condition || takes(condition, text);
  const fitsAll = (
    conditions: Readonly<Record<string, StringMatch>> | null | undefined,
    given: Readonly<Record<string, string>>,
  ) =>
    Object.entries(conditions ?? {}).every(([name, condition]) => {
      const text = given[name];
      return text !== undefined && takes(condition, text);
    });
  const isPresence = ({ exact, prefix, regex }: StringMatch) =>
    exact === undefined && prefix === undefined && (regex === undefined || regex === "*");
  const fitsNone = Object.entries(match.withoutHeaders ?? {}).every(([name, condition]) => {
    const text = request.headers[name];
    return isPresence(condition) ? text === undefined : !takes(condition, text ?? "");
  });
  const fold = (text: string) => (match.ignoreUriCase ? text.toLowerCase() : text);
  const { uri } = match;
  const fitsPath =
    !uri ||
    (typeof uri.regex === "string"
      ? takes(uri, request.path)
      : takes(
          {
            ...(typeof uri.exact === "string" && { exact: fold(uri.exact) }),
            ...(typeof uri.prefix === "string" && { prefix: fold(uri.prefix) }),
          },
          fold(request.path),
        ));
  const fitsSource =
    match.gateways && match.gateways.length > 0
      ? match.gateways.includes(request.gateway)
      : Object.entries(match.sourceLabels ?? {}).every(
          ([key, value]) => request.labels[key] === value,
        ) &&
        (!match.sourceNamespace || match.sourceNamespace === request.namespace);
  return (
    fitsSource &&
    (!match.port || match.port === request.port) &&
    fitsPath &&
    fits(match.scheme, request.scheme) &&
    fits(match.method, request.method) &&
    fits(match.authority, request.authority) &&
    fitsAll(match.headers, request.headers) &&
    fitsAll(match.queryParams, request.query) &&
    fitsNone
  );
}
