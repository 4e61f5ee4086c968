import type { FastifyInstance } from "fastify";
import { newId } from "../ids";
import type { Items } from "../model";
import { repeatHeaders, repeatOf, type RepeatHeaders } from "../repeat";
import { ITEM, NEW, problems } from "../schemas";
import type { Store } from "../store/store";
import { readingRoutes, sendCreated } from "./collection";

/** Routes of what is just kept: lists, items and `POST /<kind>s/`. */
export function keepingRoutes<K extends "user" | "movie">(
  app: FastifyInstance,
  store: Store,
  kind: K,
): void {
  readingRoutes(app, store, kind);
  app.post<{ Body: object; Headers: RepeatHeaders }>(
    `/${kind}s/`,
    {
      schema: {
        tags: [`${kind}s`],
        summary: `Adds a ${kind}`,
        headers: repeatHeaders,
        body: NEW[kind],
        response: {
          201: { description: `The ${kind} with its id`, ...ITEM[kind] },
          ...problems(400, 413, 415, 422, 503),
        },
      },
    },
    async ({ body, headers }, reply) => {
      const item = Object.assign({ id: newId() }, body) as Items[K];
      const added = await store.add(kind, item, repeatOf(headers, body));
      return sendCreated(reply, kind, added);
    },
  );
}
