import type { FastifyBaseLogger } from "fastify";
import type { Booking, Items, Kind, User } from "../model";

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
}

export interface BookingOutcome {
  readonly userExists: boolean;
  readonly movieExists: boolean;
  /** The first free candidates, at most as many as wanted. */
  readonly free: readonly string[];
  /** Only if both exist and enough seats are free; then they are taken. */
  readonly booking?: Booking;
}

/** What the services keep, one store for the whole mesh. Throws a 503 problem when out of reach. */
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
  add<K extends "user" | "movie">(kind: K, item: Items[K]): Promise<void>;
  /** All or nothing: of two bookings of one seat, wherever they come from, one is refused. */
  book(request: BookingRequest): Promise<BookingOutcome>;
  /** Adds the users unless that was ever done before, by anybody. */
  seed(users: readonly User[]): Promise<void>;
}
