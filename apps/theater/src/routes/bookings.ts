import { Problem, type FieldError } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { newId } from "../ids";
import { HALL } from "../model";
import { repeatHeaders, repeatOf, type RepeatHeaders } from "../repeat";
import { idParameter, ITEM, NEW, problems } from "../schemas";
import type { BookingRefusal, Store } from "../store/store";
import {
  found,
  listSchema,
  pageOf,
  readingRoutes,
  sendCreated,
  sendPage,
  type IdParameter,
  type ListQuery,
} from "./collection";

interface NewBooking {
  readonly userId: string;
  readonly movieId: string;
  readonly seats: number | readonly string[];
}

/** Routes of bookings: lists, also of one user's, items and `POST /bookings/`. */
export function bookingRoutes(app: FastifyInstance, store: Store): void {
  readingRoutes(app, store, "booking");
  app.get<{ Params: IdParameter; Querystring: ListQuery }>(
    "/bookings/user/:id",
    {
      schema: {
        ...listSchema("booking"),
        summary: "Lists a user's bookings",
        params: idParameter,
        response: { ...listSchema("booking").response, ...problems(404) },
      },
    },
    async ({ params, query }, reply) => {
      const page = pageOf(query);
      await found(store, "user", params.id);
      return sendPage(reply, await store.list("booking", page, params.id), page);
    },
  );
  app.post<{ Body: NewBooking; Headers: RepeatHeaders }>(
    "/bookings/",
    {
      schema: {
        tags: ["bookings"],
        summary: "Books seats, all of them or none",
        headers: repeatHeaders,
        body: NEW.booking,
        response: {
          201: { description: "The booking with its seats", ...ITEM.booking },
          ...problems(400, 409, 413, 415, 422, 503),
        },
      },
    },
    async ({ body, headers }, reply) => {
      const { userId, movieId, seats } = body;
      const choice =
        typeof seats === "number"
          ? { candidates: HALL, wanted: seats }
          : { candidates: seats, wanted: seats.length };
      const repeat = repeatOf(headers, body);
      const outcome = await store.book({ id: newId(), userId, movieId, ...choice, repeat });
      if (!outcome.booking) {
        throw refusal(outcome, seats);
      }
      return sendCreated(reply, "booking", outcome.booking);
    },
  );
}

function refusal(outcome: BookingRefusal, seats: NewBooking["seats"]): Problem {
  const errors: FieldError[] = [
    ...(outcome.userExists ? [] : [{ detail: "is no user's id", pointer: "#/userId" }]),
    ...(outcome.movieExists ? [] : [{ detail: "is no movie's id", pointer: "#/movieId" }]),
  ];
  if (errors.length > 0) {
    return new Problem(422, { detail: "The booking names what doesn't exist.", errors });
  }
  if (typeof seats === "number") {
    return new Problem(409, {
      detail: `Only ${outcome.free.length} seats are free.`,
      errors: [{ detail: "is more than are free", pointer: "#/seats" }],
    });
  }
  return new Problem(409, {
    detail: "Somebody else has a seat of these.",
    errors: seats.flatMap((seat, index) =>
      outcome.free.includes(seat)
        ? []
        : [{ detail: `${seat} is taken`, pointer: `#/seats/${index}` }],
    ),
  });
}
