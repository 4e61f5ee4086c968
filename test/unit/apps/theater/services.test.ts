import assert from "node:assert/strict";
import type { Booking, Kind, Movie, User } from "../../../../apps/theater/src/model";
import { theaterInMemory, type Theater } from "./support";

interface ProblemBody {
  readonly status: number;
  readonly errors?: readonly { pointer?: string; parameter?: string; detail: string }[];
}

describe("the theater's services", () => {
  let theater: Theater;
  before(async () => {
    theater = await theaterInMemory();
  });
  beforeEach(() => theater.clear());
  after(() => theater.close());

  const post = (kind: Kind, payload: object, slash = "/", headers = {}) =>
    theater.services[kind].app.inject({
      method: "POST",
      url: `/${kind}s${slash}`,
      payload,
      headers,
    });
  const get = (kind: Kind, path = "/") => theater.services[kind].app.inject(`/${kind}s${path}`);

  const newUser = async () =>
    (await post("user", { name: "홍길동", email: "hong@example.com" })).json<User>();
  const newMovie = async () =>
    (await post("movie", { title: "어벤져스", genre: "액션", year: 2019 })).json<Movie>();

  it("begin with three users, no movies and no bookings", async () => {
    const fresh = await theaterInMemory();
    const { services } = fresh;
    const names = (await services.user.app.inject("/users/")).json<User[]>();
    assert.deepEqual(
      names.map(({ name }) => name),
      ["박민수", "이영희", "김철수"],
    );
    assert.deepEqual((await services.movie.app.inject("/movies/")).json(), []);
    assert.deepEqual((await services.booking.app.inject("/bookings/")).json(), []);
    await fresh.close();
  });

  for (const slash of ["/", ""]) {
    it(`add and list at paths ${slash ? "with" : "without"} a slash at the end`, async () => {
      const body = { title: "기생충", genre: "드라마", year: 2019, director: "봉준호" };
      const answer = await post("movie", body, slash);
      assert.equal(answer.statusCode, 201);
      const added = answer.json<Movie>();
      assert.deepEqual(added, { id: added.id, ...body });
      assert.equal(answer.headers.location, `/movies/${added.id}`);
      assert.deepEqual((await get("movie", slash)).json(), [added]);
      assert.deepEqual((await get("movie", `/${added.id}${slash}`)).json(), added);
    });
  }

  it("list in parts, each with the address of the next", async () => {
    const first = await get("user", "?limit=2");
    const next = /^<(.+)>; rel="next"$/.exec(String(first.headers["link"]))?.[1];
    const second = await get("user", next);
    assert.deepEqual(
      [first, second].map((answer) => answer.json<User[]>().map(({ id }) => id)),
      [["user-3", "user-2"], ["user-1"]],
    );
    assert.equal(second.headers["link"], undefined);
  });

  for (const query of ["limit=0", "limit=101", "limit=x", "after=*", "page=2", "limit=1&limit=2"]) {
    it(`refuse to list with ${query}`, async () => {
      assert.equal((await get("user", `/?${query}`)).statusCode, 400);
    });
  }

  it("know no item that isn't there, and no impossible id", async () => {
    for (const kind of ["user", "movie", "booking"] as const) {
      assert.equal((await get(kind, "/nobody")).statusCode, 404);
      assert.equal((await get(kind, "/no%20body")).statusCode, 400);
    }
    assert.equal((await get("booking", "/user/nobody")).statusCode, 404);
  });

  for (const [kind, body, pointer] of [
    ["user", { name: "Kim", email: "kim" }, "#/email"],
    ["user", { name: "Kim", email: "kim@localhost" }, "#/email"],
    ["user", { name: " ", email: "kim@example.com" }, "#/name"],
    ["user", { name: "a\u0000b", email: "kim@example.com" }, "#/name"],
    ["user", { name: "a\ud800b", email: "kim@example.com" }, "#/name"],
    ["user", { name: 5, email: "kim@example.com" }, "#/name"],
    ["user", { name: "Kim" }, "#/email"],
    ["user", { name: "Kim", email: "kim@example.com", admin: true }, "#/admin"],
    ["user", { id: "mine", name: "Kim", email: "kim@example.com" }, "#/id"],
    ["movie", { title: "T", genre: "G", year: 1887 }, "#/year"],
    ["movie", { title: "T", genre: "G", year: 2101 }, "#/year"],
    ["movie", { title: "T", genre: "G", year: "2019" }, "#/year"],
    ["movie", { title: "T", genre: "G", year: 2019.5 }, "#/year"],
    ["movie", { title: "x".repeat(201), genre: "G", year: 2019 }, "#/title"],
    ["booking", { userId: "user-1", movieId: "m", seats: 0 }, "#/seats"],
    ["booking", { userId: "user-1", movieId: "m", seats: 11 }, "#/seats"],
    ["booking", { userId: "user-1", movieId: "m", seats: "A1" }, "#/seats"],
    ["booking", { userId: "user-1", movieId: "m", seats: [] }, "#/seats"],
    ["booking", { userId: "user-1", movieId: "m", seats: ["A1", "A1"] }, "#/seats"],
    ["booking", { userId: "user-1", movieId: "m", seats: ["A0"] }, "#/seats/0"],
    ["booking", { userId: "user-1", movieId: "m", seats: ["A1", "Z1"] }, "#/seats/1"],
  ] as const) {
    it(`refuse as a ${kind} ${JSON.stringify(body).slice(0, 60)} and keep nothing`, async () => {
      const answer = await post(kind, body);
      assert.equal(answer.statusCode, 400);
      const { errors } = answer.json<ProblemBody>();
      assert.deepEqual(
        errors?.map((error) => error.pointer),
        [pointer],
      );
      assert.equal((await get(kind)).json<unknown[]>().length, kind === "user" ? 3 : 0);
    });
  }

  it("book seats by name and by number", async () => {
    const [user, movie] = [await newUser(), await newMovie()];
    const ids = { userId: user.id, movieId: movie.id };
    const named = await post("booking", { ...ids, seats: ["A2", "T20"] });
    assert.equal(named.statusCode, 201);
    assert.deepEqual(named.json<Booking>().seats, ["A2", "T20"]);
    const counted = await post("booking", { ...ids, seats: 2 });
    assert.deepEqual(counted.json<Booking>().seats, ["A1", "A3"]);
    const bookings = [counted, named].map((answer) => answer.json<Booking>());
    assert.deepEqual(
      new Set((await get("booking", `/user/${user.id}/`)).json<Booking[]>()),
      new Set(bookings),
    );
    assert.deepEqual((await get("booking", "/user/user-1")).json(), []);
  });

  it("do once what comes twice with one key, and refuse the key for anything else", async () => {
    const key = { "idempotency-key": '"8e03978e-40d5-43e8-bc93-6894a57f9324"' };
    const kim = { name: "Kim", email: "kim@example.com" };
    const [first, again] = [await post("user", kim, "/", key), await post("user", kim, "/", key)];
    assert.equal(first.statusCode, 201);
    assert.deepEqual([again.statusCode, again.json()], [201, first.json()]);
    assert.equal(again.headers.location, first.headers.location);
    const other = await post("user", { ...kim, name: "Lee" }, "/", key);
    assert.equal(other.statusCode, 422);
    assert.deepEqual(
      other.json<ProblemBody>().errors?.map(({ parameter }) => parameter),
      ["idempotency-key"],
    );
    const ids = { userId: "user-1", movieId: (await newMovie()).id };
    const [booked, bookedAgain] = [
      await post("booking", { ...ids, seats: 2 }, "/", key),
      await post("booking", { ...ids, seats: 2 }, "/", key),
    ];
    assert.equal(booked.statusCode, 201);
    assert.deepEqual([bookedAgain.statusCode, bookedAgain.json()], [201, booked.json()]);
    assert.equal((await get("booking")).json<unknown[]>().length, 1);
  });

  for (const key of ["", "short", "x".repeat(129), "with blanks, as two keys have"]) {
    it(`refuse the key ${JSON.stringify(key).slice(0, 30)}, and keep nothing`, async () => {
      const movie = { title: "T", genre: "G", year: 2019 };
      const refused = await post("movie", movie, "/", { "idempotency-key": key });
      assert.equal(refused.statusCode, 400);
      assert.deepEqual(
        refused.json<ProblemBody>().errors?.map(({ parameter }) => parameter),
        ["idempotency-key"],
      );
      assert.deepEqual((await get("movie")).json(), []);
    });
  }

  it("refuse taken seats and say which", async () => {
    const ids = { userId: "user-1", movieId: (await newMovie()).id };
    await post("booking", { ...ids, seats: ["A2"] });
    const refused = await post("booking", { ...ids, seats: ["A1", "A2"] });
    assert.equal(refused.statusCode, 409);
    assert.deepEqual(refused.json<ProblemBody>().errors, [
      { detail: "A2 is taken", pointer: "#/seats/1" },
    ]);
  });

  it("refuse more seats than are left", async () => {
    const ids = { userId: "user-1", movieId: (await newMovie()).id };
    for (let booked = 0; booked < 400; booked += 10) {
      assert.equal((await post("booking", { ...ids, seats: 10 })).statusCode, 201);
    }
    const refused = await post("booking", { ...ids, seats: 1 });
    assert.equal(refused.statusCode, 409);
    assert.deepEqual(
      refused.json<ProblemBody>().errors?.map(({ pointer }) => pointer),
      ["#/seats"],
    );
  });

  it("refuse bookings of an unknown user or movie", async () => {
    const refused = await post("booking", { userId: "nobody", movieId: "nothing", seats: 1 });
    assert.equal(refused.statusCode, 422);
    assert.deepEqual(
      refused.json<ProblemBody>().errors?.map(({ pointer }) => pointer),
      ["#/userId", "#/movieId"],
    );
    assert.deepEqual((await get("booking")).json(), []);
  });

  it("answer hostile bodies of the largest size within a moment", async () => {
    const bodies = [
      { name: "Kim", email: `a@${"a".repeat(65_000)}` },
      { name: "Kim", email: `${"a.".repeat(32_000)}@` },
      { name: " ".repeat(65_000), email: "kim@example.com" },
      { name: `${"a".repeat(65_000)}\u0007`, email: "kim@example.com" },
      { ["f".repeat(65_000)]: 1 },
      Object.fromEntries(Array.from({ length: 6000 }, (_, index) => [`f${index}`, 1])),
    ];
    for (const body of bodies) {
      const start = performance.now();
      const answer = await post("user", body);
      assert.equal(answer.statusCode, 400);
      assert.ok(performance.now() - start < 2000);
      assert.ok(answer.body.length < 5000, "the answer is not as large as the request");
    }
  });
});
