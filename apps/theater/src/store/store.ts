import type { FastifyBaseLogger } from "fastify";
import { Problem } from "@istio-multicloud/service-kit";
import type { Booking, Items, Kind, User } from "../model";
import { REPEAT_HEADER, type Repeat } from "../repeat";

/** A part of a list, which has the newest first. */
export interface Page {
  /** At most so many. */
  readonly limit: number;
  /** Id of the last one of the part before; from the start when absent. */
  readonly after?: string | undefined;
}

export interface BookingRequest {
  readonly id: string;
  readonly userId: string;
  readonly movieId: string;
  /** Seats to choose from, the better ones first. */
  readonly candidates: readonly string[];
  /** How many of them. */
  readonly wanted: number;
  readonly repeat?: Repeat | undefined;
}

/** Why nothing was booked. */
export interface BookingRefusal {
  readonly userExists: boolean;
  readonly movieExists: boolean;
  /** The first free candidates, at most as many as wanted. */
  readonly free: readonly string[];
  readonly booking?: undefined;
}

/** A booking whose seats are taken by it, or why there is none. */
export type BookingOutcome = { readonly booking: Booking } | BookingRefusal;

/** Of a key that came with another request before. */
export const usedOtherwise = (): Problem =>
  new Problem(422, {
    detail: "The key came with another request before: make a new one for each.",
    errors: [{ detail: "was used for another request", parameter: REPEAT_HEADER }],
  });

/**
 * What the services keep, one store for the whole mesh. Throws a problem: 503 when it is out of
 * reach, and what {@link usedOtherwise} says.
 */
export interface Store {
  /**
   * Connects, now or as soon as that works.
   *
   * @param prepare has to succeed on every new connection before the store is ready
   */
  open(log: FastifyBaseLogger, prepare: () => Promise<void>): void;
  close(): void;
  readonly ready: boolean;
  get<K extends Kind>(kind: K, id: string): Promise<Items[K] | undefined>;
  /** @param ofUser only bookings of this user */
  list<K extends Kind>(kind: K, page: Page, ofUser?: string): Promise<Items[K][]>;
  /** @returns the item, or the one that came of the same request before */
  add<K extends "user" | "movie">(kind: K, item: Items[K], repeat?: Repeat): Promise<Items[K]>;
  /**
   * All or nothing: of two bookings of one seat, wherever they come from, one is refused. The same
   * request once more is answered with the booking that came of it.
   */
  book(request: BookingRequest): Promise<BookingOutcome>;
  /** Adds the users unless that was ever done before, by anybody. */
  seed(users: readonly User[]): Promise<void>;
}
