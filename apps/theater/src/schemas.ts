import { HALL } from "./model";

/** Text that people wrote: no control characters, more than blanks. */
const text = (description: string, maxLength: number) => ({
  type: "string",
  description,
  minLength: 1,
  maxLength,
  pattern: "^(?!\\s*$)[^\\p{Cc}\\p{Cs}]+$",
});

const object = <P extends object>(properties: P, required: readonly (keyof P)[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

export const id = {
  type: "string",
  description: "UUID of version 7, or an id from another source",
  pattern: "^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
};

const user = {
  name: text("Name", 100),
  email: { type: "string", format: "email", maxLength: 254 },
};

const movie = {
  title: text("Title", 200),
  genre: text("Genre", 50),
  year: { type: "integer", minimum: 1888, maximum: 2100, description: "Of the first showing" },
  director: text("Director", 100),
};

const booking = { userId: id, movieId: id };

const MOST_SEATS = 10;
const seat = { type: "string", pattern: "^[A-T](?:[1-9]|1[0-9]|20)$", description: "Row and seat" };
const seats = { type: "array", items: seat, minItems: 1, maxItems: MOST_SEATS, uniqueItems: true };

/** Bodies of requests. */
export const NEW = {
  user: object(user, ["name", "email"]),
  movie: object(movie, ["title", "genre", "year"]),
  booking: object(
    {
      ...booking,
      seats: {
        ...seats,
        type: ["integer", "array"],
        minimum: 1,
        maximum: MOST_SEATS,
        description:
          `Names of seats, or how many: then the first free ones of the hall's ${HALL.length} are ` +
          "taken, row by row.",
      },
    },
    ["userId", "movieId", "seats"],
  ),
} as const;

/** Bodies of answers. */
export const ITEM = {
  user: object({ id, ...user }, ["id", "name", "email"]),
  movie: object({ id, ...movie }, ["id", "title", "genre", "year"]),
  booking: object({ id, ...booking, seats }, ["id", "userId", "movieId", "seats"]),
} as const;

export const idParameter = object({ id }, ["id"]);

export const MOST_LISTED = 100;

/** Query parameters come as text, and none is turned into anything else unasked. */
export const pageParameters = object(
  {
    limit: {
      type: "string",
      pattern: "^(?:[1-9][0-9]?|100)$",
      description: `At most so many, 1 to ${MOST_LISTED} (default)`,
    },
    after: { ...id, description: "Id of the last one of the part before" },
  },
  [],
);

/** RFC 9457. */
const problem = {
  type: "object",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: {
          detail: { type: "string" },
          pointer: { type: "string" },
          parameter: { type: "string" },
        },
      },
    },
  },
};

const PROBLEMS = {
  400: "The request is wrong",
  404: "There is none with this id",
  409: "A seat is taken, or too few are free",
  413: "The body is too large",
  415: "The body is no JSON",
  422: "The user or the movie is unknown, or the key was used for another request",
  503: "The store can't be reached; Retry-After says when to try again",
} as const;

/** Schemas of answers that are problems, by status and why. */
export const describedProblems = (reasons: Readonly<Record<number, string>>) =>
  Object.fromEntries(
    Object.entries(reasons).map(([status, description]) => [
      status,
      { description, content: { "application/problem+json": { schema: problem } } },
    ]),
  );

/** The same for what the services have in common. */
export const problems = (...statuses: readonly (keyof typeof PROBLEMS)[]) =>
  describedProblems(Object.fromEntries(statuses.map((status) => [status, PROBLEMS[status]])));
