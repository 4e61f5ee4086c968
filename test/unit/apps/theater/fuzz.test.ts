import assert from "node:assert/strict";
import fc from "fast-check";
import type { LightMyRequestResponse } from "fastify";
import { theaterDocument } from "../../../../apps/theater/src/gateway/document";
import type { Kind } from "../../../../apps/theater/src/model";
import { invalidObject, valid, type Schema } from "./schema-arbitraries";
import { theaterInMemory, type Theater } from "./support";
import { anyCharacter, queryCharacter } from "../../../support/characters";

interface Operation {
  readonly parameters?: readonly {
    name: string;
    in: "path" | "query" | "header";
    schema: Schema;
  }[];
  readonly requestBody?: { readonly content: { readonly "application/json": { schema: Schema } } };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What whatever may be answered with; nothing is found of what is not asked for in earnest. */
const WHATEVER = [200, 400, 404, 405, 413, 414, 415];

describe("the API, asked from its own OpenAPI document", () => {
  let theater: Theater;
  let operations: { path: string; method: "GET" | "POST"; operation: Operation }[];
  before(async () => {
    theater = await theaterInMemory();
    const { paths } = (await theaterDocument({ control: false })) as Document;
    // The gateway's own are fuzzed where there is a gateway.
    const ofServices = Object.entries(paths).filter(([path]) => !path.startsWith("/api/"));
    operations = ofServices.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method === "post" ? "POST" : "GET",
        operation,
      })),
    );
    assert.equal(operations.length, 10);
  });
  beforeEach(() => theater.clear());
  after(() => theater.close());

  const serviceOf = (path: string) => theater.services[/^\/(\w+)s\b/.exec(path)?.[1] as Kind].app;

  /** What is kept, to see that nothing was. */
  const kept = async (): Promise<string> =>
    (
      await Promise.all(
        ["/users/", "/movies/", "/bookings/"].map((path) => serviceOf(path).inject(path)),
      )
    )
      .map(({ body }) => body)
      .join();

  function assertHonest(answer: LightMyRequestResponse): void {
    const { statusCode, headers, body } = answer;
    assert.ok(statusCode < 500, `${statusCode}: ${body}`);
    if (statusCode >= 400) {
      assert.equal(headers["content-type"], "application/problem+json");
      const problem = answer.json<{ status: number; title: string; type: string }>();
      assert.equal(problem.status, statusCode);
      assert.ok(problem.title.length > 0 && problem.type === "about:blank");
      assert.ok(!/node_modules|\.[jt]s:\d|\bat \w+ \(/.test(body), "a stack");
    }
  }

  /** A path with its parameters, in the places of OpenAPI's braces and after the question mark. */
  const pathOf = (path: string, parameters: Record<string, unknown>, query: string): string =>
    path.replace(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(String(parameters[name])),
    ) + (query && `?${query}`);

  const parametersOf = (
    { parameters = [] }: Operation,
    where: "path" | "query" | "header",
    required: boolean,
  ) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === where)
          .map(({ name, schema }) => [name, valid(schema)]),
      ),
      required ? {} : { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, string>>;

  it("takes every request that the document allows", async () => {
    for (const { path, method, operation } of operations) {
      const body = operation.requestBody?.content["application/json"].schema;
      await fc.assert(
        fc.asyncProperty(
          parametersOf(operation, "path", true),
          parametersOf(operation, "query", false),
          parametersOf(operation, "header", false),
          body ? valid(body) : fc.constant(undefined),
          async (parameters, query, headers, payload) => {
            const url = pathOf(path, parameters, new URLSearchParams(query).toString());
            const answer = await serviceOf(path).inject({
              method,
              url,
              headers: {
                ...headers,
                ...(payload !== undefined && { "content-type": "application/json" }),
              },
              ...(payload !== undefined && { payload: JSON.stringify(payload) }),
            });
            assertHonest(answer);
            assert.notEqual(answer.statusCode, 400, `${answer.body} to ${JSON.stringify(payload)}`);
            assert.ok(String(answer.statusCode) in operation.responses, "a status of the document");
          },
        ),
        { numRuns: 100 },
      );
    }
  });

  it("refuses every body that the document forbids, and keeps nothing of it", async () => {
    for (const { path, method, operation } of operations) {
      const body = operation.requestBody?.content["application/json"].schema;
      if (!body) {
        continue;
      }
      theater.clear();
      const before = await kept();
      await fc.assert(
        fc.asyncProperty(invalidObject(body), async (payload) => {
          const answer = await serviceOf(path).inject({
            method,
            url: path,
            headers: { "content-type": "application/json" },
            payload: JSON.stringify(payload),
          });
          assertHonest(answer);
          assert.equal(answer.statusCode, 400, JSON.stringify(payload));
        }),
        { numRuns: 150 },
      );
      assert.equal(await kept(), before);
    }
  });

  it("answers whatever is sent to it, and keeps nothing of what is no JSON object", async () => {
    const before = await kept();
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom("{", "null", "[]", '{"a":', '{"__proto__":{}}', "\u0000", "x".repeat(70_000)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations.map(({ path }) => path)),
        fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"),
        fc.oneof(fc.string({ unit: anyCharacter }), fc.constantFrom("..", "%", "a".repeat(200))),
        fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: queryCharacter })),
        fc.constantFrom("application/json", "application/json; charset=x", "text/plain", "", "x"),
        fc.string({
          unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
        }),
        text,
        async (path, method, id, query, type, key, payload) => {
          // Text that may have half a surrogate pair is none that has a place in a URL.
          const [wellFormedId = "", wellFormedQuery = ""] = [id, query].map((one) =>
            Buffer.from(one).toString(),
          );
          const url = pathOf(path, { id: wellFormedId }, encodeURI(wellFormedQuery));
          const answer = await serviceOf(path).inject({
            method: method as "GET",
            url,
            headers: { "idempotency-key": key, ...(type && { "content-type": type }) },
            ...(method !== "GET" && method !== "HEAD" && { payload }),
          });
          if (method !== "HEAD") {
            assertHonest(answer);
          }
          assert.ok(WHATEVER.includes(answer.statusCode), String(answer.statusCode));
        },
      ),
      { numRuns: 250 },
    );
    assert.equal(await kept(), before);
  });
});
