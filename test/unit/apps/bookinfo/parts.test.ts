import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Environment, SettingsError, type Service } from "@istio-multicloud/service-kit";
import type { Reviews } from "../../../../apps/bookinfo/src/book";
import { createPart, readPart } from "../../../../apps/bookinfo/src/part";

const NOBODY = "http://127.0.0.1:1";
const ENV = {
  CLUSTER_NAME: "ncloud",
  POD_NAME: "pod-1",
  LOG_LEVEL: "silent",
  DETAILS_URL: NOBODY,
  RATINGS_URL: NOBODY,
  REVIEWS_URL: NOBODY,
};

const partOf = (env: Readonly<Record<string, string>>) =>
  readPart(new Environment({ ...ENV, ...env }));

describe("the stand-in for Bookinfo", () => {
  const running: Service[] = [];
  const servers: Server[] = [];
  const part = async (env: Readonly<Record<string, string>>): Promise<Service["app"]> => {
    const service = await createPart(partOf(env));
    running.push(service);
    return service.app;
  };
  /** Another part that answers everything with one body, and keeps what it was asked. */
  const other = async (body: unknown) => {
    const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
    const server = createServer(({ url = "", headers }, response) => {
      asked.push({ path: url, headers });
      response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const reviewsOf = async (env: Readonly<Record<string, string>>): Promise<Reviews> => {
    const app = await part({ SERVICE_NAME: "reviews", ...env });
    const answer = await app.inject("/reviews/1");
    assert.equal(answer.statusCode, 200);
    return answer.json<Reviews>();
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.close()));
    servers.splice(0).forEach((server) => server.close().closeAllConnections());
  });

  it("says of reviews which pod of which cluster they come from, and never null", async () => {
    const { id, podname, clustername, reviews } = await reviewsOf({});
    assert.deepEqual([id, podname, clustername], ["1", "pod-1", "ncloud"]);
    assert.deepEqual(
      reviews.map(({ reviewer, rating }) => [reviewer, rating]),
      [
        ["Reviewer1", undefined],
        ["Reviewer2", undefined],
      ],
    );
  });

  it("gives reviews the stars of ratings, in the version's colour", async () => {
    const ratings = await other({ id: 1, ratings: { Reviewer1: 5, Reviewer2: 4 } });
    const { reviews } = await reviewsOf({
      ENABLE_RATINGS: "true",
      STAR_COLOR: "red",
      RATINGS_URL: ratings.url,
    });
    assert.deepEqual(
      reviews.map(({ rating }) => rating),
      [
        { stars: 5, color: "red" },
        { stars: 4, color: "red" },
      ],
    );
    assert.equal(ratings.asked[0]?.path, "/ratings/1");
  });

  it("answers reviews without ratings, and says so in each", async () => {
    const { reviews } = await reviewsOf({ ENABLE_RATINGS: "true" });
    assert(
      reviews.every(({ rating }) => rating?.error === "Ratings service is currently unavailable"),
    );
  });

  it("keeps ratings that are posted, and refuses others", async () => {
    const app = await part({ SERVICE_NAME: "ratings" });
    const post = (payload: object) => app.inject({ method: "POST", url: "/ratings/7", payload });
    assert.deepEqual((await post({ Reviewer1: 1 })).json(), { id: 7, ratings: { Reviewer1: 1 } });
    assert.deepEqual((await app.inject("/ratings/7")).json(), {
      id: 7,
      ratings: { Reviewer1: 1 },
    });
    assert.deepEqual((await app.inject("/ratings/8")).json(), {
      id: 8,
      ratings: { Reviewer1: 5, Reviewer2: 4 },
    });
    assert.equal((await post({ Reviewer1: "many" })).statusCode, 400);
    assert.equal((await app.inject("/ratings/x")).statusCode, 400);
  });

  it("answers details of a number alone", async () => {
    const app = await part({ SERVICE_NAME: "details" });
    const answer = (await app.inject("/details/0")).json<Record<string, unknown>>();
    assert.equal(answer["author"], "William Shakespeare");
    assert.equal((await app.inject("/details/none")).statusCode, 400);
  });

  it("shows on the page who served the reviews, and hands trace and user on", async () => {
    const reviews = await other({ podname: "p", clustername: "nhn", reviews: [] });
    const app = await part({ SERVICE_NAME: "productpage", REVIEWS_URL: reviews.url });
    const { body, statusCode } = await app.inject({
      url: "/productpage",
      headers: { cookie: "user=jason", "x-request-id": "7" },
    });
    assert.equal(statusCode, 200);
    assert.match(body, /Reviews served by: <b>p<\/b> on cluster <b>nhn<\/b>/);
    assert.match(body, /product details are currently unavailable/);
    const [{ headers } = assert.fail()] = reviews.asked;
    assert.deepEqual([headers["end-user"], headers["x-request-id"]], ["jason", "7"]);
  });

  it("shows a name as it was typed, not as HTML", async () => {
    const app = await part({ SERVICE_NAME: "productpage" });
    const login = await app.inject({
      method: "POST",
      url: "/login",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: "username=%3Cscript%3E",
    });
    assert.equal(login.statusCode, 303);
    const cookie = String(login.headers["set-cookie"]).split(";")[0] as string;
    const { body } = await app.inject({ url: "/productpage", headers: { cookie } });
    assert(!body.includes("<script>") && body.includes("&#60;script&#62;"));
  });

  it("passes on what the other parts say of a product", async () => {
    const reviews = await other({ podname: "p" });
    const app = await part({ SERVICE_NAME: "productpage", REVIEWS_URL: reviews.url });
    assert.deepEqual((await app.inject("/api/v1/products/0/reviews")).json(), { podname: "p" });
    const none = await app.inject("/api/v1/products/0");
    assert.equal(none.statusCode, 503);
    assert.match(none.json<{ error: string }>().error, /currently unavailable/);
  });

  it("is healthy in every part, at the path of the sample's images", async () => {
    for (const SERVICE_NAME of ["productpage", "details", "ratings", "reviews"]) {
      assert.equal((await (await part({ SERVICE_NAME })).inject("/health")).statusCode, 200);
    }
  });

  it("doesn't start as a part that there isn't", () => {
    assert.throws(() => partOf({ SERVICE_NAME: "shop" }), SettingsError);
  });
});
