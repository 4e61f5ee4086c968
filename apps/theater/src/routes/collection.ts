import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Items, Kind } from "../model";
import { idParameter, ITEM, MOST_LISTED, pageParameters, problems } from "../schemas";
import type { Page, Store } from "../store/store";

export interface ListQuery {
  readonly limit?: string;
  readonly after?: string;
}

export interface IdParameter {
  readonly id: string;
}

/** Schema of a route that lists items of a kind. */
export const listSchema = (kind: Kind) => ({
  tags: [`${kind}s`],
  querystring: pageParameters,
  response: {
    200: { description: "The newest first", type: "array", items: ITEM[kind] },
    ...problems(400, 503),
  },
});

export const pageOf = ({ limit, after }: ListQuery): Page => ({
  limit: limit === undefined ? MOST_LISTED : Number(limit),
  after,
});

/** Sends a part of a list, with the address of the next one (RFC 8288) unless it is the last. */
export function sendPage<T extends { readonly id: string }>(
  reply: FastifyReply,
  items: readonly T[],
  { limit }: Page,
): FastifyReply {
  const last = items.at(-1);
  if (last && items.length === limit) {
    const query = new URLSearchParams({ limit: String(limit), after: last.id });
    reply.header("link", `<?${query.toString()}>; rel="next"`);
  }
  return reply.send(items);
}

/** The item, or the problem that there is none. */
export async function found<K extends Kind>(store: Store, kind: K, id: string): Promise<Items[K]> {
  const item = await store.get(kind, id);
  if (!item) {
    throw new Problem(404, { detail: `There is no ${kind} with this id.` });
  }
  return item;
}

/** `GET /<kind>s/` and `GET /<kind>s/{id}`. */
export function readingRoutes(app: FastifyInstance, store: Store, kind: Kind): void {
  app.get<{ Querystring: ListQuery }>(
    `/${kind}s/`,
    { schema: { ...listSchema(kind), summary: `Lists ${kind}s` } },
    async ({ query }, reply) => {
      const page = pageOf(query);
      return sendPage(reply, await store.list(kind, page), page);
    },
  );
  app.get<{ Params: IdParameter }>(
    `/${kind}s/:id`,
    {
      schema: {
        tags: [`${kind}s`],
        summary: `One ${kind}`,
        params: idParameter,
        response: {
          200: { description: `The ${kind}`, ...ITEM[kind] },
          ...problems(400, 404, 503),
        },
      },
    },
    ({ params }) => found(store, kind, params.id),
  );
}

/** Sends an item that was just made, with its address. */
export const sendCreated = <K extends Kind>(
  reply: FastifyReply,
  kind: K,
  item: Items[K],
): FastifyReply => reply.code(201).header("location", `/${kind}s/${item.id}`).send(item);
