import assert from "node:assert/strict";
import fc from "fast-check";
import { FIRST_USERS } from "../../../../apps/theater/src/first-users";
import { newId } from "../../../../apps/theater/src/ids";
import { HALL, type Booking } from "../../../../apps/theater/src/model";
import type { Store } from "../../../../apps/theater/src/store/store";
import type { Backend } from "./support";

const UNKNOWN = "0190a000-0000-7000-8000-000000000000";

const movie = () => ({ id: newId(), title: "기생충", genre: "드라마", year: 2019 });
const user = () => ({ id: newId(), name: "홍길동", email: "hong@example.com" });

/** What every store of the theater does. */
export function contract(backend: Backend): void {
  describe(`the store ${backend.name}`, () => {
    let here: Store;
    let there: Store;
    before(() => backend.start());
    beforeEach(async () => {
      await backend.clear();
      [here, there] = await Promise.all([backend.store(), backend.store()]);
    });
    afterEach(() => [here, there].forEach((store) => store.close()));
    after(() => backend.stop());

    it("reads elsewhere what was added here", async () => {
      const item = movie();
      await here.add("movie", item);
      assert.deepEqual(await there.get("movie", item.id), item);
      assert.equal(await there.get("user", item.id), undefined);
      assert.equal(await there.get("movie", UNKNOWN), undefined);
    });

    it("lists the newest first, in parts that together are the whole", async () => {
      const ids = Array.from({ length: 7 }, (_, index) => newId(1_700_000_000_000 + index));
      for (const id of ids.toSorted()) {
        await here.add("user", { ...user(), id });
      }
      const parts: string[][] = [];
      for (let after: string | undefined; ; after = parts.at(-1)?.at(-1)) {
        const part = await there.list("user", { limit: 3, after });
        if (part.length === 0) {
          break;
        }
        parts.push(part.map(({ id }) => id));
      }
      assert.deepEqual(parts, [ids.slice(4, 7), ids.slice(1, 4), ids.slice(0, 1)].map(reversed));
    });

    it("adds once what comes twice with one key, and answers the same", async () => {
      const repeat = { key: "11111111-2222-4333-8444-555555555555", digest: "ab12" };
      const first = await here.add("movie", movie(), repeat);
      assert.deepEqual(await there.add("movie", movie(), repeat), first);
      assert.deepEqual(await here.list("movie", { limit: 5 }), [first]);
      const other = { ...repeat, digest: "cd34" };
      await assert.rejects(there.add("movie", movie(), other), { status: 422 });
      // The same key of another kind of thing is another key.
      await here.add("user", user(), other);
      assert.equal((await here.list("user", { limit: 5 })).length, 1);
      assert.equal((await here.list("movie", { limit: 5 })).length, 1);
    });

    it("lists nothing of nothing", async () => {
      assert.deepEqual(await here.list("booking", { limit: 5 }), []);
      assert.deepEqual(await here.list("booking", { limit: 5 }, UNKNOWN), []);
    });

    it("seeds at the first start only, however many start at once", async () => {
      await Promise.all([here, there, here, there].map((store) => store.seed(FIRST_USERS)));
      const seeded = await here.list("user", { limit: 10 });
      assert.deepEqual(seeded, FIRST_USERS.toReversed());
      await there.seed([user()]);
      assert.equal((await here.list("user", { limit: 10 })).length, 3);
    });

    describe("booking", () => {
      const [kim, film] = [user(), movie()];
      beforeEach(async () => {
        await here.add("user", kim);
        await here.add("movie", film);
      });
      const book = (store: Store, candidates: readonly string[], wanted = candidates.length) =>
        store.book({ id: newId(), userId: kim.id, movieId: film.id, candidates, wanted });

      it("books once what is asked for twice, and answers the same", async () => {
        const request = {
          id: newId(),
          userId: kim.id,
          movieId: film.id,
          candidates: ["A1", "A2"],
          wanted: 2,
        };
        const first = await here.book(request);
        assert.deepEqual(await there.book(request), first);
        assert.deepEqual(await here.list("booking", { limit: 5 }), [first.booking]);
      });

      it("books once what comes twice with one key, with ids of its own each time", async () => {
        const repeat = { key: "11111111-2222-4333-8444-555555555555", digest: "ab12" };
        const ask = (store: Store, id: string, wanted: number, digest = repeat.digest) =>
          store.book({
            ...{ id, userId: kim.id, movieId: film.id, candidates: HALL, wanted },
            repeat: { ...repeat, digest },
          });
        const [first, second] = await Promise.all([ask(here, newId(), 2), ask(there, newId(), 2)]);
        assert.ok(first.booking);
        assert.deepEqual(second, first);
        assert.deepEqual(await here.list("booking", { limit: 5 }, kim.id), [first.booking]);
        await assert.rejects(ask(here, newId(), 3, "cd34"), { status: 422 });
        assert.deepEqual((await book(here, HALL, 1)).booking?.seats, ["A3"]);
      });

      it("does anew what was refused, though it comes with the same key", async () => {
        const repeat = { key: "11111111-2222-4333-8444-555555555555", digest: "ab12" };
        const unknown = {
          userId: UNKNOWN,
          movieId: film.id,
          candidates: ["A1"],
          wanted: 1,
          repeat,
        };
        assert.equal((await here.book({ id: newId(), ...unknown })).booking, undefined);
        await here.add("user", { ...user(), id: UNKNOWN });
        assert.ok((await here.book({ id: newId(), ...unknown })).booking);
      });

      it("keeps the booking, for all and for its user", async () => {
        const { booking } = await book(here, ["A1", "A2"]);
        assert.ok(booking);
        assert.deepEqual(booking.seats, ["A1", "A2"]);
        assert.deepEqual(await there.get("booking", booking.id), booking);
        assert.deepEqual(await there.list("booking", { limit: 5 }), [booking]);
        assert.deepEqual(await there.list("booking", { limit: 5 }, kim.id), [booking]);
        assert.deepEqual(await there.list("booking", { limit: 5 }, UNKNOWN), []);
      });

      it("takes all seats or none", async () => {
        await book(here, ["A2"]);
        const refused = await book(there, ["A1", "A2", "A3"]);
        assert.ok(!refused.booking);
        assert.deepEqual(refused.free, ["A1", "A3"]);
        assert.ok((await book(there, ["A1", "A3"])).booking);
        assert.equal((await here.list("booking", { limit: 5 })).length, 2);
      });

      it("gives the first free seats to who names only a number", async () => {
        await book(here, ["A2"]);
        assert.deepEqual((await book(there, HALL, 3)).booking?.seats, ["A1", "A3", "A4"]);
      });

      it("keeps movies apart", async () => {
        const other = movie();
        await here.add("movie", other);
        await book(here, ["A1"]);
        const request = { id: newId(), userId: kim.id, movieId: other.id };
        assert.ok((await here.book({ ...request, candidates: ["A1"], wanted: 1 })).booking);
      });

      it("keeps nothing for an unknown user or movie", async () => {
        const seats = { candidates: ["A1"], wanted: 1 };
        for (const [userId, movieId] of [
          [UNKNOWN, film.id],
          [kim.id, UNKNOWN],
          [UNKNOWN, UNKNOWN],
        ] as const) {
          const outcome = await here.book({ id: newId(), userId, movieId, ...seats });
          assert.deepEqual(outcome, {
            userExists: userId === kim.id,
            movieExists: movieId === film.id,
            free: ["A1"],
          });
        }
        assert.deepEqual(await here.list("booking", { limit: 5 }), []);
        assert.ok((await book(here, ["A1"])).booking, "the seat was not taken");
      });

      it("never gives a seat twice, whoever asks for whatever at once", async () => {
        const small = HALL.slice(0, 12);
        const wish = fc.oneof(
          fc.uniqueArray(fc.constantFrom(...small), { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 1, max: 4 }),
        );
        const wishes = fc.array(fc.tuple(wish, fc.boolean()), { minLength: 2, maxLength: 20 });
        await fc.assert(
          fc.asyncProperty(wishes, async (asked) => {
            const showing = movie();
            await here.add("movie", showing);
            const outcomes = await Promise.all(
              asked.map(([wanted, fromHere]) =>
                (fromHere ? here : there).book({
                  id: newId(),
                  userId: kim.id,
                  movieId: showing.id,
                  ...(typeof wanted === "number"
                    ? { candidates: small, wanted }
                    : { candidates: wanted, wanted: wanted.length }),
                }),
              ),
            );
            const given = outcomes.flatMap(({ booking }) => booking?.seats ?? []);
            const taken = new Set(given);
            assert.equal(taken.size, given.length, "a seat was given twice");
            outcomes.forEach(({ booking }, index) => {
              const [wanted] = asked[index] ?? assert.fail();
              assertGranted(booking, wanted, small.length - taken.size, taken);
            });
          }),
          { numRuns: 60 },
        );
      });
    });
  });
}

/** What was asked for was given, or was refused because it could not be given. */
function assertGranted(
  booking: Booking | undefined,
  wanted: number | readonly string[],
  left: number,
  taken: ReadonlySet<string>,
): void {
  if (booking && typeof wanted === "number") {
    assert.equal(booking.seats.length, wanted);
  } else if (booking) {
    assert.deepEqual(booking.seats, wanted);
  } else if (typeof wanted === "number") {
    assert.ok(left < wanted, "enough seats are left");
  } else {
    assert.ok(
      wanted.some((seat) => taken.has(seat)),
      "all of the seats are left",
    );
  }
}

const reversed = (ids: readonly string[]): string[] => ids.toReversed();
