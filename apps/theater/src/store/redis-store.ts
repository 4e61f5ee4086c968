import type { FastifyBaseLogger } from "fastify";
import type { Booking, Items, Kind, User } from "../model";
import type { Repeat } from "../repeat";
import { RedisConnection, type RedisAddress } from "./connection";
import {
  usedOtherwise,
  type BookingOutcome,
  type BookingRequest,
  type Page,
  type Store,
} from "./store";

const keyOf = (kind: Kind, id: string): string => `${kind}:${id}`;

/** Requests are told apart for each kind; the key is free text, and so comes last. */
const repeatKeyOf = (kind: Kind, repeat: Repeat | undefined): string =>
  `repeat:${kind}:${repeat?.key ?? ""}`;

/** Sorted set of ids, all with the same score: redis then sorts by the ids themselves. */
const indexOf = (kind: Kind, ofUser?: string): string =>
  ofUser === undefined ? `${kind}s` : `user_${kind}s:${ofUser}`;

/** The store in redis. Items are JSON at `user:<id>`, `movie:<id>` and `booking:<id>`. */
export class RedisStore implements Store {
  readonly #redis: RedisConnection;

  constructor(address: RedisAddress) {
    this.#redis = new RedisConnection(address);
  }

  open(log: FastifyBaseLogger, prepare: () => Promise<void>): void {
    this.#redis.open(log, prepare);
  }

  close(): void {
    this.#redis.close();
  }

  get ready(): boolean {
    return this.#redis.ready;
  }

  async get<K extends Kind>(kind: K, id: string): Promise<Items[K] | undefined> {
    const text = await this.#redis.run((client) => client.get(keyOf(kind, id)));
    return text === null ? undefined : (JSON.parse(text) as Items[K]);
  }

  async list<K extends Kind>(kind: K, page: Page, ofUser?: string): Promise<Items[K][]> {
    const from = page.after === undefined ? "+" : `(${page.after}`;
    const ids = await this.#redis.run((client) =>
      client.zRange(indexOf(kind, ofUser), from, "-", {
        BY: "LEX",
        REV: true,
        LIMIT: { offset: 0, count: page.limit },
      }),
    );
    if (ids.length === 0) {
      return [];
    }
    const texts = await this.#redis.run((client) => client.mGet(ids.map((id) => keyOf(kind, id))));
    return texts.filter((text) => text !== null).map((text) => JSON.parse(text) as Items[K]);
  }

  async add<K extends "user" | "movie">(
    kind: K,
    item: Items[K],
    repeat?: Repeat,
  ): Promise<Items[K]> {
    const keys = [repeatKeyOf(kind, repeat), keyOf(kind, item.id), indexOf(kind)];
    const args = [repeat?.digest ?? "", item.id, JSON.stringify(item)];
    const kept = await this.#redis.run((client) => client.add(keys, args));
    if (kept === undefined) {
      throw usedOtherwise();
    }
    return JSON.parse(kept) as Items[K];
  }

  async book(request: BookingRequest): Promise<BookingOutcome> {
    const { id, userId, movieId, wanted, candidates, repeat } = request;
    const keys = [
      repeatKeyOf("booking", repeat),
      keyOf("user", userId),
      keyOf("movie", movieId),
      `seats:${movieId}`,
      keyOf("booking", id),
      indexOf("booking"),
      indexOf("booking", userId),
    ];
    const args = [repeat?.digest ?? "", id, userId, movieId, String(wanted), ...candidates];
    const { keyIsFree, booking, ...outcome } = await this.#redis.run((client) =>
      client.book(keys, args),
    );
    if (!keyIsFree) {
      throw usedOtherwise();
    }
    return booking === undefined ? outcome : { booking: JSON.parse(booking) as Booking };
  }

  async seed(users: readonly User[]): Promise<void> {
    const pairs = users.flatMap((user) => [keyOf("user", user.id), JSON.stringify(user)]);
    await this.#redis.run((client) => client.seed(["seeded", indexOf("user")], pairs));
  }
}
