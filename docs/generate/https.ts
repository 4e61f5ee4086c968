import { RATE_LIMITS, type RateLimit } from "../../mesh/https/rate-limits";
import { english, type Translate } from "./language";
import { table, type Sections } from "./sections";

/** The part of docs/https.md that is the table of Let's Encrypt's limits. */
export const httpsSections = (
  t: Translate = english,
  limits: readonly Omit<RateLimit, "says">[] = RATE_LIMITS,
): Sections => ({
  limits: table(
    ["limit", "what helps besides waiting"].map(t),
    limits.map(({ limit, fix }) => [t(limit), t(fix)]),
  ),
});
