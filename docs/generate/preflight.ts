import type { CheckInfo } from "../../mesh/preflight/check";
import { ALL_CHECKS } from "../../mesh/preflight/checks";
import { table, type Sections } from "./sections";

/** The part of docs/preflight.md that is the list of checks. */
export const preflightSections = (checks: readonly CheckInfo[] = ALL_CHECKS): Sections => ({
  checks: table(
    ["check", "worst", "looks at", "why it matters", "what to do", "read on"],
    checks.map(({ name, severity, what, why, fix, link }) => [
      `\`${name}\``,
      severity,
      `${what}.`,
      why,
      fix,
      `[${new URL(link).hostname}](${link})`,
    ]),
  ),
});
