import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { rulesBefore } from "../../routing/change";
import { sharesOf, withShares, type Shares } from "../../routing/rules";
import { describedProblems } from "../../schemas";
import { ApiError } from "../live/kube-api";
import type { Live } from "../live/live";
import { serviceOf, UPSTREAMS, type UpstreamName } from "../settings";
import { authorizer } from "./authorize";
import type { Controller } from "./controller";
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from "./scenarios";

/** Longest time of a change, in seconds: what shall last is for the stack's configuration. */
const MOST_SECONDS = 600;
const SECONDS = 60;

export interface ControlParts {
  readonly token: string;
  readonly controller: Controller;
  readonly live: Live;
}

const seconds = {
  type: "integer",
  minimum: 5,
  maximum: MOST_SECONDS,
  description: `When the change ends by itself; ${SECONDS} by default`,
};

const SHARES_BODY = {
  type: "object",
  properties: {
    shares: {
      type: "object",
      description: "Percentages by cluster, 100 together; a cluster that isn't named gets 0",
      minProperties: 1,
      maxProperties: 64,
      propertyNames: { pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" },
      additionalProperties: { type: "integer", minimum: 0, maximum: 100 },
    },
    seconds,
  },
  required: ["shares"],
  additionalProperties: false,
} as const;

const SCENARIO_BODY = {
  type: "object",
  properties: { seconds },
  additionalProperties: false,
} as const;

const UNTIL = {
  description: "The change holds",
  type: "object",
  properties: { until: { type: "string", format: "date-time" } },
  required: ["until"],
} as const;

const security = [{ token: [] }];

/**
 * What a holder of the token may do from the page, in the gateway's own cluster: divide a service's
 * requests otherwise, play a scenario, take it all back. Every change ends by itself.
 */
export async function controlRoutes(app: FastifyInstance, parts: ControlParts): Promise<void> {
  const { token, controller, live } = parts;
  await app.register((scope, _options, done) => {
    const authorize = authorizer(token);
    scope.addHook("onRequest", (request, _reply, next) => {
      authorize(request);
      next();
    });
    scope.put<{ Params: { service: UpstreamName }; Body: { shares: Shares; seconds?: number } }>(
      "/api/traffic/:service",
      {
        schema: {
          summary: "Divides a service's requests otherwise, for a while",
          security,
          params: oneOf("service", Object.keys(UPSTREAMS)),
          body: SHARES_BODY,
          response: { 200: UNTIL, ...REFUSALS },
        },
      },
      ({ params, body }) =>
        told(live, async () => {
          const service = serviceOf(params.service);
          const places = Object.keys(sharesOf(rulesBefore(await controller.read(service))));
          const shares = completed(body.shares, places);
          const until = endOf(body.seconds);
          await controller.change("shares", until, {
            [service]: (rules) => withShares(rules, shares),
          });
          return { until: until.toISOString() };
        }),
    );
    scope.put<{ Params: { scenario: ScenarioName }; Body: { seconds?: number } }>(
      "/api/scenarios/:scenario",
      {
        schema: {
          summary: "Plays a scenario for a while",
          security,
          params: oneOf("scenario", SCENARIO_NAMES),
          body: SCENARIO_BODY,
          response: { 200: UNTIL, ...REFUSALS },
        },
      },
      ({ params, body }) =>
        told(live, async () => {
          const until = endOf(body.seconds);
          await controller.change(params.scenario, until, SCENARIOS[params.scenario]);
          return { until: until.toISOString() };
        }),
    );
    scope.delete(
      "/api/changes",
      {
        schema: {
          summary: "Takes every change back now",
          security,
          response: {
            200: {
              description: "The services that were changed",
              type: "object",
              properties: { restored: { type: "array", items: { type: "string" } } },
              required: ["restored"],
            },
            ...REFUSALS,
          },
        },
      },
      () => told(live, async () => ({ restored: await controller.restore() })),
    );
    done();
  });
}

const REFUSALS = describedProblems({
  400: "The request is wrong",
  401: "The token is missing or wrong",
  404: "There is no such service, or scenario",
  409: "Somebody else changed the routes at the same time",
  422: "The shares can't take effect",
  429: "Too many requests; Retry-After says when to try again",
  503: "The cluster's API refuses, or can't be asked; Retry-After says when to try again",
});

const oneOf = (name: string, values: readonly string[]) => ({
  type: "object",
  properties: { [name]: { type: "string", enum: values } },
  required: [name],
});

const endOf = (after = SECONDS): Date => new Date(Date.now() + after * 1000);

/** @throws Problem for clusters that don't run the service, and shares that aren't 100 together */
function completed(shares: Shares, places: readonly string[]): Shares {
  const stranger = Object.keys(shares).find((cluster) => !places.includes(cluster));
  if (stranger !== undefined) {
    throw new Problem(422, {
      detail: `${stranger} doesn't run the service: name ${places.join(" or ")}.`,
      errors: [{ detail: "doesn't run the service", pointer: `#/shares/${stranger}` }],
    });
  }
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  if (sum !== 100) {
    throw new Problem(422, {
      detail: `The shares are ${sum} together, not 100.`,
      errors: [{ detail: "must be 100 together", pointer: "#/shares" }],
    });
  }
  return Object.fromEntries(places.map((cluster) => [cluster, shares[cluster] ?? 0]));
}

/** Does something, and shows it to everybody who looks; what the cluster's API refuses is a problem. */
async function told<T>(live: Live, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    void live.ask();
    return result;
  } catch (error) {
    throw error instanceof ApiError ? problemOf(error) : error;
  }
}

function problemOf(error: ApiError): Problem {
  switch (error.failure) {
    case "conflict":
      return new Problem(409, { detail: "Somebody else changed it at the same time. Try again." });
    case "forbidden":
      return new Problem(503, {
        detail: "The gateway isn't permitted to change the theater's routes.",
        headers: { "retry-after": "60" },
        cause: error,
      });
    case "missing":
      return new Problem(503, {
        detail: "The theater's routes aren't there.",
        headers: { "retry-after": "60" },
        cause: error,
      });
    case "refused":
    case "unreachable":
      return new Problem(503, {
        detail: "The cluster's API can't be asked now. Try again.",
        headers: { "retry-after": "5" },
        cause: error,
      });
  }
}
