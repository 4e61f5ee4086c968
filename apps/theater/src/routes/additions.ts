import type { FastifyInstance } from "fastify";
import { newId } from "../ids";
import type { Items } from "../model";
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
  app.post<{ Body: object }>(
    `/${kind}s/`,
    {
      schema: {
        tags: [`${kind}s`],
        summary: `Adds a ${kind}`,
        body: NEW[kind],
        response: {
          201: { description: `The ${kind} with its id`, ...ITEM[kind] },
          ...problems(400, 413, 415, 503),
        },
      },
    },
    async ({ body }, reply) => {
      const item = Object.assign({ id: newId() }, body) as Items[K];
      await store.add(kind, item);
      return sendCreated(reply, kind, item);
    },
  );
}
