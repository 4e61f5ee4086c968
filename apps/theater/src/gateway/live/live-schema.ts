const text = { type: "string" };
const object = (
  properties: Readonly<Record<string, object>>,
  optional: readonly string[] = [],
) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const list = (items: object) => ({ type: "array", items });

const cluster = object({
  name: text,
  state: {
    type: "string",
    enum: ["reachable", "unreachable", "forbidden", "unconfigured", "unknown"],
  },
  since: { type: "string", format: "date-time" },
  pods: list(
    object({
      name: text,
      service: text,
      state: { type: "string", enum: ["ready", "not-ready", "ending"] },
    }),
  ),
});

const route = object(
  {
    state: {
      type: "string",
      enum: ["known", "unknown", "unconfigured", "unreachable", "forbidden", "missing"],
    },
    shares: {
      type: "object",
      description: "Percentages by cluster",
      additionalProperties: { type: "number" },
    },
    change: object({ what: text, until: text }),
  },
  ["shares", "change"],
);

const nullable = { type: ["string", "null"] };
const service = object({
  route,
  flows: list(object({ cluster: nullable, pod: nullable, answers: { type: "integer" } })),
});

/** What `/api/live` answers. */
export const LIVE = object({
  gateway: object({ cluster: text, pod: text }),
  clusters: list(cluster),
  services: object({ users: service, movies: service, bookings: service }),
  scenarios: list(text),
});
