import { FAULTS } from "../../routing/faults";
import { withFault, type Rule } from "../../routing/rules";

type Make = (rules: readonly Rule[]) => readonly Rule[];

const delay: Make = (rules) => withFault(rules, FAULTS.delay);
const abort: Make = (rules) => withFault(rules, FAULTS.abort);

/** What the page may play: by scenario, what happens to the rules of which services. */
export const SCENARIOS = {
  delay: { "movie-service": delay },
  abort: { "booking-service": abort },
  chaos: { "movie-service": delay, "booking-service": abort },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Make>>>>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];
