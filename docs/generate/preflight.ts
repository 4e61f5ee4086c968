import type { CheckInfo } from "../../mesh/preflight/check";
import { ALL_CHECKS } from "../../mesh/preflight/checks";
import { english, type Translate } from "./language";
import { table, type Sections } from "./sections";

/** The part of docs/preflight.md that is the list of checks. */
export const preflightSections = (
  t: Translate = english,
  checks: readonly CheckInfo[] = ALL_CHECKS,
): Sections => ({
  checks: table(
    ["check", "worst", "looks at", "why it matters", "what to do", "read on"].map(t),
    checks.map(({ name, severity, what, why, fix, link }) => [
      `\`${name}\``,
      severity,
      t(`${what}.`),
      t(why),
      t(fix),
      `[${new URL(link).hostname}](${link})`,
    ]),
  ),
});
