import {
  DELAY_SECONDS,
  FAULT_PERCENT as PERCENT,
  FAULTS,
} from "../../apps/theater/src/routing/faults";
import { THEATER } from "../../components/theater/constants";
import type { WeightedService } from "../../config/theater-schema";
import type { Answer, Watch } from "./answer";

/** What a scenario does to the theater while it runs. */
export interface Disturbance {
  /** Percentages by cluster, of every service. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Faults that the callers' proxies make up, by service. */
  readonly faults?: Readonly<Partial<Record<WeightedService, object>>>;
  /** Pods of a service that really answer 500. */
  readonly failing?: { readonly service: WeightedService; readonly cluster: string };
  /** A cluster without a pod of the three services. */
  readonly gone?: string;
}

export interface Scenario {
  readonly name: string;
  /** One line for a list. */
  readonly does: string;
  /** What one should see. */
  readonly sees: (clusters: Clusters) => string;
  readonly disturbance: (clusters: Clusters) => Disturbance;
  readonly watch: Watch;
  /** One sentence on what came otherwise; nothing where it came as it should. */
  readonly judge: (answers: readonly Answer[], clusters: Clusters) => string | undefined;
}

/** The two clusters that a scenario plays one against the other. */
export interface Clusters {
  readonly stays: string;
  /** The one that fails, is blocked, or is the canary. */
  readonly other: string;
}

const USERS = "/users/?limit=1";
const MOVIES = "/movies/?limit=1";
const BOOKINGS = "/bookings/?limit=1";
const ALL = [USERS, MOVIES, BOOKINGS];

const { delay, abort } = FAULTS;

/** Time for proxies to notice that pods fail or are gone. */
const NOTICED_SECONDS = 5;

const isGood = ({ status }: Answer): boolean => status === 200;
const slow = ({ milliseconds }: Answer): boolean => milliseconds >= DELAY_SECONDS * 1000;

/** What the theater's scenarios are, in the order in which they tell a story. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "canary",
    does: "marks requests for the canary",
    sees: ({ other }) => `Every request with x-canary: true is answered by ${other}.`,
    disturbance: () => ({}),
    watch: { paths: ALL, requests: 60, perSecond: 20, headers: { [THEATER.canaryHeader]: "true" } },
    judge: (answers, { other }) =>
      firstWrong([
        none(answers, (answer) => !isGood(answer), "failed"),
        none(answers, ({ cluster }) => cluster !== other, `came from elsewhere than ${other}`),
      ]),
  },
  {
    name: "delay",
    does: `delays ${PERCENT} % of the requests to movies by ${DELAY_SECONDS} s`,
    sees: () => `About ${PERCENT} % of the answers take ${DELAY_SECONDS} s longer, none is lost.`,
    disturbance: () => ({ faults: { "movie-service": delay } }),
    watch: { paths: [MOVIES], requests: 100, perSecond: 20 },
    judge: (answers) =>
      firstWrong([
        none(answers, (answer) => !isGood(answer), "failed"),
        about(answers, slow, PERCENT, `took ${DELAY_SECONDS} s`),
      ]),
  },
  {
    name: "abort",
    does: `answers ${PERCENT} % of the requests to bookings with 500`,
    sees: () =>
      `About ${PERCENT} % of the answers are 500. No circuit breaks: the caller's proxy makes them up itself.`,
    disturbance: () => ({ faults: { "booking-service": abort } }),
    watch: { paths: [BOOKINGS], requests: 100, perSecond: 20 },
    judge: (answers) => about(answers, ({ status }) => status === 500, PERCENT, "were 500"),
  },
  {
    name: "circuit-breaker",
    does: "lets the users' pods of one cluster really fail",
    sees: ({ stays, other }) =>
      `Some answers are 500, until the circuit to ${other} breaks; then ${stays} answers everything.`,
    disturbance: ({ other }) => ({ failing: { service: "user-service", cluster: other } }),
    watch: { paths: [USERS], requests: 200, perSecond: 20 },
    judge: (answers, { stays }) => {
      const late = answers.filter(({ second }) => second >= NOTICED_SECONDS);
      return firstWrong([
        answers.every(isGood) ? "No request failed, so nothing broke the circuit" : undefined,
        none(late, (answer) => !isGood(answer), "failed after the circuit should have broken"),
        none(late, ({ cluster }) => cluster !== stays, `came from elsewhere than ${stays}`),
      ]);
    },
  },
  {
    name: "block",
    does: "gives one cluster no share",
    sees: ({ stays, other }) => `${stays} answers everything, ${other} nothing; 0 is 0.`,
    disturbance: ({ stays, other }) => ({ shares: { [stays]: 100, [other]: 0 } }),
    watch: { paths: ALL, requests: 60, perSecond: 20 },
    judge: (answers, { stays }) =>
      firstWrong([
        none(answers, (answer) => !isGood(answer), "failed"),
        none(answers, ({ cluster }) => cluster !== stays, `came from elsewhere than ${stays}`),
      ]),
  },
  {
    name: "chaos",
    does: "delays movies and aborts bookings at once",
    sees: () =>
      `About ${PERCENT} % of the movies are slow and of the bookings 500; users don't notice.`,
    disturbance: () => ({ faults: { "movie-service": delay, "booking-service": abort } }),
    watch: { paths: [USERS, MOVIES, BOOKINGS], requests: 240, perSecond: 20 },
    judge: (answers) => {
      const every = (part: number): Answer[] =>
        answers.filter((_, index) => index % ALL.length === part);
      return firstWrong([
        none(every(0), (answer) => !isGood(answer) || slow(answer), "of users failed or were slow"),
        about(every(1), slow, PERCENT, "of movies were slow"),
        about(every(2), ({ status }) => status === 500, PERCENT, "of bookings were 500"),
      ]);
    },
  },
  {
    name: "cluster-loss",
    does: "removes every pod of the three services in one cluster",
    sees: ({ stays, other }) =>
      `${stays} takes the share of ${other}; what fails is what was under way, if anything.`,
    disturbance: ({ other }) => ({ gone: other }),
    watch: { paths: ALL, requests: 300, perSecond: 20 },
    judge: (answers, { stays }) => {
      const late = answers.filter(({ second }) => second >= NOTICED_SECONDS);
      return firstWrong([
        none(late, (answer) => !isGood(answer), "failed after the failover"),
        none(late, ({ cluster }) => cluster !== stays, `came from elsewhere than ${stays}`),
      ]);
    },
  },
];

const firstWrong = (findings: readonly (string | undefined)[]): string | undefined =>
  findings.find((finding) => finding !== undefined);

function none(
  answers: readonly Answer[],
  is: (answer: Answer) => boolean,
  what: string,
): string | undefined {
  const count = answers.filter(is).length;
  return count === 0 ? undefined : `${count} of ${answers.length} answers ${what}`;
}

/** Standard deviations beyond which chance goes once in two million times. */
const DEVIATIONS = 5;

/** Whether a share of the answers is as it should be, as far as chance lets it. */
export function about(
  answers: readonly Answer[],
  is: (answer: Answer) => boolean,
  percent: number,
  what: string,
): string | undefined {
  const total = answers.length;
  const count = answers.filter(is).length;
  const expected = (total * percent) / 100;
  const deviation = Math.sqrt(expected * (1 - percent / 100));
  return Math.abs(count - expected) <= DEVIATIONS * deviation
    ? undefined
    : `${count} of ${total} answers ${what}, not about ${percent} %`;
}
