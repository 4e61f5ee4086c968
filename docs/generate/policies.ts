import { policies } from "../../policy/index";
import { english, type Translate } from "./language";
import { table, type Sections } from "./sections";

/** The part of docs/policies.md that is the list of policies. */
export const policiesSections = (t: Translate = english): Sections => ({
  policies: table(
    ["policy", "level, severity", "refuses", "why", "source"].map(t),
    policies.map(({ rule }) => [
      `\`${rule.name}\``,
      `${rule.level}, ${rule.severity}`,
      t(rule.refuses),
      t(rule.why),
      `[${new URL(rule.source).hostname}](${rule.source})`,
    ]),
  ),
});
