import { policies } from "../../policy/index";
import { table, type Sections } from "./sections";

/** The part of docs/policies.md that is the list of policies. */
export const policiesSections = (): Sections => ({
  policies: table(
    ["policy", "level, severity", "refuses", "why", "source"],
    policies.map(({ rule }) => [
      `\`${rule.name}\``,
      `${rule.level}, ${rule.severity}`,
      rule.refuses,
      rule.why,
      `[${new URL(rule.source).hostname}](${rule.source})`,
    ]),
  ),
});
