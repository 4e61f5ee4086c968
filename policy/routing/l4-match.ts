import { z } from "zod";
import { sourceCovers, sourceMatch } from "./source";

const texts = z.array(z.string()).nullish();

/** The conditions of Istio's L4MatchAttributes and TLSMatchAttributes. */
export const l4Match = z.object({ ...sourceMatch, destinationSubnets: texts, sniHosts: texts });
export type L4Match = z.output<typeof l4Match>;

/** Whether every connection that `narrow` takes is taken by `broad` too; errs on the side of no. */
export const l4Covers = (broad: L4Match, narrow: L4Match, gateways: readonly string[]): boolean =>
  sourceCovers(broad, narrow, gateways) &&
  coversAll(broad.destinationSubnets, narrow.destinationSubnets, Object.is) &&
  coversAll(broad.sniHosts, narrow.sniHosts, hostCovers);

/** Whether each of the narrow list's entries is covered by one of the broad list's; an empty list takes all. */
const coversAll = (
  broad: readonly string[] | null | undefined,
  narrow: readonly string[] | null | undefined,
  covers: (broad: string, narrow: string) => boolean,
): boolean =>
  !broad?.length ||
  (!!narrow?.length && narrow.every((entry) => broad.some((other) => covers(other, entry))));

/** `*.example.com` covers `a.example.com` and `*.a.example.com`, and `*` everything. */
export const hostCovers = (broad: string, narrow: string): boolean =>
  broad === narrow || (broad.startsWith("*") && narrow.endsWith(broad.slice(1)));
