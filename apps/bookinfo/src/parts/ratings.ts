import type { FastifyInstance } from "fastify";
import { bookId } from "../book";

const DEFAULT_RATINGS = { Reviewer1: 5, Reviewer2: 4 } as const;
/** Ratings are kept in memory, which ends somewhere. */
const MOST_BOOKS = 1000;

/** `GET` and `POST /ratings/{id}`, and `GET /health`; what is posted is kept until the pod ends. */
export const ratings = () => (app: FastifyInstance) => {
  const posted = new Map<number, Readonly<Record<string, number>>>();
  app.get("/health", () => ({ status: "Ratings is healthy" }));
  app.get<{ Params: { id: string } }>("/ratings/:id", (request, reply) => {
    const id = bookId(request.params.id);
    return id === undefined
      ? reply.code(400).send({ error: "please provide numeric product ID" })
      : { id, ratings: posted.get(id) ?? DEFAULT_RATINGS };
  });
  app.post<{ Params: { id: string }; Body: Record<string, number> }>(
    "/ratings/:id",
    {
      schema: {
        body: {
          type: "object",
          maxProperties: 100,
          additionalProperties: { type: "integer", minimum: 0, maximum: 5 },
        },
      },
    },
    (request, reply) => {
      const id = bookId(request.params.id);
      if (id === undefined) {
        return reply.code(400).send({ error: "please provide numeric product ID" });
      }
      if (!posted.has(id) && posted.size >= MOST_BOOKS) {
        posted.delete(posted.keys().next().value as number);
      }
      posted.set(id, request.body);
      return { id, ratings: request.body };
    },
  );
};
