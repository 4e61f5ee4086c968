import type { Check } from "../../mesh/check/check";
import { CHECKS } from "../../mesh/check/checks";
import { english, type Translate } from "./language";
import { table, type Sections } from "./sections";

/** The part of docs/check.md that is the list of checks. */
export const checkSections = (
  t: Translate = english,
  checks: readonly Omit<Check, "run">[] = CHECKS,
): Sections => ({
  checks: table(
    ["check", "worst", "looks at", "why it matters", "what to do", "explained by", "read on"].map(
      t,
    ),
    checks.map(({ name, severity, what, why, fix, link, follows = [] }) => [
      `\`${name}\``,
      severity,
      t(`${what}.`),
      t(why),
      t(fix),
      follows.map((cause) => `\`${cause}\``).join(", ") || "–",
      `[${new URL(link).hostname}](${link})`,
    ]),
  ),
});
