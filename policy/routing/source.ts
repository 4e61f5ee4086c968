import { z } from "zod";

const labels = z.record(z.string(), z.string()).nullish();

/** The conditions of a match on who calls, the same in every kind of rule. */
export const sourceMatch = {
  gateways: z.array(z.string()).nullish(),
  port: z.number().nullish(),
  sourceLabels: labels,
  sourceNamespace: z.string().nullish(),
};
export type SourceMatch = z.output<z.ZodObject<typeof sourceMatch>>;

/**
 * Whether every caller that `narrow` means is meant by `broad` too.
 *
 * @param gateways of the VirtualService as a whole: what a match without any of its own applies to
 */
export const sourceCovers = (
  broad: SourceMatch,
  narrow: SourceMatch,
  gateways: readonly string[],
): boolean =>
  coversPort(broad, narrow) &&
  coversGateways(broad, narrow, gateways) &&
  coversLabels(broad, narrow) &&
  coversNamespace(broad, narrow);

const coversPort = (broad: SourceMatch, narrow: SourceMatch): boolean =>
  !broad.port || broad.port === narrow.port;

function coversGateways(
  broad: SourceMatch,
  narrow: SourceMatch,
  gateways: readonly string[],
): boolean {
  const own = list(broad.gateways);
  return own.length === 0 || orAll(list(narrow.gateways), gateways).every((g) => own.includes(g));
}

const coversLabels = (broad: SourceMatch, narrow: SourceMatch): boolean =>
  Object.entries(broad.sourceLabels ?? {}).every(
    ([key, value]) => narrow.sourceLabels?.[key] === value,
  );

const coversNamespace = (broad: SourceMatch, narrow: SourceMatch): boolean =>
  !broad.sourceNamespace || broad.sourceNamespace === narrow.sourceNamespace;

const list = (gateways: readonly string[] | null | undefined): readonly string[] => gateways ?? [];

const orAll = (own: readonly string[], all: readonly string[]): readonly string[] =>
  own.length > 0 ? own : all;
