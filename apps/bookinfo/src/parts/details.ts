import type { FastifyInstance } from "fastify";
import { bookId } from "../book";

/** `GET /details/{id}` and `GET /health`. */
export const details = () => (app: FastifyInstance) => {
  app.get("/health", () => ({ status: "Details is healthy" }));
  app.get<{ Params: { id: string } }>("/details/:id", (request, reply) => {
    const id = bookId(request.params.id);
    return id === undefined
      ? reply.code(400).send({ error: "please provide numeric product id" })
      : {
          id,
          author: "William Shakespeare",
          year: 1595,
          type: "paperback",
          pages: 200,
          publisher: "PublisherA",
          language: "English",
          "ISBN-10": "1234567890",
          "ISBN-13": "123-1234567890",
        };
  });
};
