import type { FastifyBaseLogger } from "fastify";
import type { Booking, Items, Kind, User } from "../../../../apps/theater/src/model";
import type { Repeat } from "../../../../apps/theater/src/repeat";
import {
  usedOtherwise,
  type BookingOutcome,
  type BookingRequest,
  type Page,
  type Store,
} from "../../../../apps/theater/src/store/store";

/** What stores of several services share, as redis is shared. */
export class Memory {
  readonly items = new Map<string, Items[Kind]>();
  readonly taken = new Map<string, string>();
  /** What came of requests, by kind and key. */
  readonly answered = new Map<string, { readonly digest: string; readonly item: Items[Kind] }>();
  seeded = false;
}

/** A store that does as redis would, one command at a time. */
export class MemoryStore implements Store {
  readonly ready = true;

  constructor(private readonly memory: Memory = new Memory()) {}

  open(_log: FastifyBaseLogger, prepare: () => Promise<void>): void {
    void prepare();
  }

  close(): void {}

  async get<K extends Kind>(kind: K, id: string): Promise<Items[K] | undefined> {
    await Promise.resolve();
    return this.memory.items.get(`${kind}:${id}`) as Items[K] | undefined;
  }

  async list<K extends Kind>(kind: K, page: Page, ofUser?: string): Promise<Items[K][]> {
    await Promise.resolve();
    const { after } = page;
    return [...this.memory.items]
      .filter(([key]) => key.startsWith(`${kind}:`))
      .map(([, item]) => item as Items[K])
      .filter((item) => ofUser === undefined || ("userId" in item && item.userId === ofUser))
      .filter(({ id }) => after === undefined || id < after)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, page.limit);
  }

  async add<K extends "user" | "movie">(
    kind: K,
    item: Items[K],
    repeat?: Repeat,
  ): Promise<Items[K]> {
    await Promise.resolve();
    const before = this.#answered(kind, repeat);
    if (before) {
      return before;
    }
    this.memory.items.set(`${kind}:${item.id}`, item);
    this.#keep(kind, item, repeat);
    return item;
  }

  async book(request: BookingRequest): Promise<BookingOutcome> {
    await Promise.resolve();
    const { id, userId, movieId, candidates, wanted, repeat } = request;
    const { items, taken } = this.memory;
    const before = this.#answered("booking", repeat) ?? items.get(`booking:${id}`);
    if (before) {
      return { booking: before as Booking };
    }
    const free = candidates.filter((seat) => !taken.has(`${movieId} ${seat}`)).slice(0, wanted);
    const outcome = {
      userExists: items.has(`user:${userId}`),
      movieExists: items.has(`movie:${movieId}`),
      free,
    };
    if (!outcome.userExists || !outcome.movieExists || free.length < wanted) {
      return outcome;
    }
    free.forEach((seat) => taken.set(`${movieId} ${seat}`, id));
    const booking = { id, userId, movieId, seats: free };
    items.set(`booking:${id}`, booking);
    this.#keep("booking", booking, repeat);
    return { booking };
  }

  #answered<K extends Kind>(kind: K, repeat: Repeat | undefined): Items[K] | undefined {
    const before = repeat && this.memory.answered.get(`${kind}:${repeat.key}`);
    if (before && before.digest !== repeat.digest) {
      throw usedOtherwise();
    }
    return before?.item as Items[K] | undefined;
  }

  #keep<K extends Kind>(kind: K, item: Items[K], repeat: Repeat | undefined): void {
    if (repeat) {
      this.memory.answered.set(`${kind}:${repeat.key}`, { digest: repeat.digest, item });
    }
  }

  async seed(users: readonly User[]): Promise<void> {
    await Promise.resolve();
    if (!this.memory.seeded) {
      this.memory.seeded = true;
      users.forEach((user) => this.memory.items.set(`user:${user.id}`, user));
    }
  }
}
