import type { FastifyInstance } from "fastify";
import type { IncomingHttpHeaders } from "node:http";
import { ask } from "../ask";
import { BOOK, type Details, type Reviews } from "../book";
import { page } from "../page";
import type { PartSettings } from "../part";

const FORM = "application/x-www-form-urlencoded";
/** Who is logged in, without a password: it only shows that routes can tell people apart. */
const COOKIE = "user";
const LONGEST_USER = 100;

/** The page, its login, and the JSON that it is made of. */
export const productpage =
  ({ urls }: PartSettings) =>
  (app: FastifyInstance) => {
    app.addContentTypeParser(FORM, { parseAs: "string" }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const askFor =
      <T>(part: "details" | "ratings" | "reviews", headers: IncomingHttpHeaders) =>
      (id: string) => {
        const user = userOf(headers.cookie);
        return ask<T>(
          new URL(`/${part}/${encodeURIComponent(id)}`, urls[part]),
          user === undefined ? headers : { ...headers, "end-user": user },
          `product ${part}`,
        );
      };

    app.get("/health", (_request, reply) =>
      reply.type("text/plain; charset=utf-8").send("Product page is healthy"),
    );
    app.get("/", (_request, reply) => reply.redirect("/productpage"));
    app.get("/productpage", async ({ headers }, reply) => {
      const id = String(BOOK.id);
      const [details, reviews] = await Promise.all([
        askFor<Details>("details", headers)(id),
        askFor<Reviews>("reviews", headers)(id),
      ]);
      return reply
        .type("text/html; charset=utf-8")
        .header(
          "content-security-policy",
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        )
        .send(page({ details, reviews, user: userOf(headers.cookie) }));
    });
    app.post<{ Body: { username?: unknown } | null }>("/login", ({ body }, reply) => {
      const user = typeof body?.username === "string" ? body.username : "";
      return reply
        .header(
          "set-cookie",
          `${COOKIE}=${encodeURIComponent(user.slice(0, LONGEST_USER))}; Path=/; HttpOnly; SameSite=Lax`,
        )
        .redirect("/productpage", 303);
    });
    app.get("/logout", (_request, reply) =>
      reply
        .header("set-cookie", `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`)
        .redirect("/productpage"),
    );

    app.get("/api/v1/products", () => [BOOK]);
    const json = (part: "details" | "ratings" | "reviews", path: string) =>
      app.get<{ Params: { id: string } }>(
        `/api/v1/products/:id${path}`,
        async ({ headers, params }, reply) => {
          const { status, body } = await askFor(part, headers)(params.id);
          return reply.code(status).send(body);
        },
      );
    json("details", "");
    json("reviews", "/reviews");
    json("ratings", "/ratings");
  };

function userOf(cookies: string | undefined): string | undefined {
  const [, value] = /(?:^|;\s*)user=([^;]+)/.exec(cookies ?? "") ?? [];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
