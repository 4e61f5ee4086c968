import type { Check } from "../../mesh/check/check";
import { CHECKS } from "../../mesh/check/checks";
import { table, type Sections } from "./sections";

/** The part of docs/check.md that is the list of checks. */
export const checkSections = (checks: readonly Omit<Check, "run">[] = CHECKS): Sections => ({
  checks: table(
    ["check", "worst", "looks at", "why it matters", "what to do", "explained by", "read on"],
    checks.map(({ name, severity, what, why, fix, link, follows = [] }) => [
      `\`${name}\``,
      severity,
      `${what}.`,
      why,
      fix,
      follows.map((cause) => `\`${cause}\``).join(", ") || "–",
      `[${new URL(link).hostname}](${link})`,
    ]),
  ),
});
