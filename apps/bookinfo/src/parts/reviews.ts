import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { ask } from "../ask";
import { bookId, type Rating, type Reviews } from "../book";
import type { PartSettings } from "../part";

const TEXTS = {
  Reviewer1: "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!",
  Reviewer2:
    "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare.",
} as const;

interface Ratings {
  readonly ratings?: Readonly<Record<string, number>>;
}

/** `GET /reviews/{id}`, which says where it was answered, and `GET /health`. */
export const reviews =
  ({ service, enableRatings, starColor, urls }: PartSettings) =>
  (app: FastifyInstance) => {
    app.get("/health", () => ({ status: "Reviews is healthy" }));
    app.get<{ Params: { id: string } }>("/reviews/:id", async (request): Promise<Reviews> => {
      const id = bookId(request.params.id);
      if (id === undefined) {
        throw new Problem(404, { detail: "A book's id is a number." });
      }
      const stars = enableRatings
        ? await ask<Ratings>(new URL(`/ratings/${id}`, urls.ratings), request.headers, "ratings")
        : undefined;
      const rating = (reviewer: string): { rating?: Rating } => {
        if (stars === undefined) {
          return {};
        }
        const given = "error" in stars.body ? undefined : stars.body.ratings?.[reviewer];
        return {
          rating:
            given === undefined
              ? { error: "Ratings service is currently unavailable" }
              : { stars: given, color: starColor },
        };
      };
      return {
        id: String(id),
        podname: service.pod,
        clustername: service.cluster,
        reviews: Object.entries(TEXTS).map(([reviewer, text]) => ({
          reviewer,
          text,
          ...rating(reviewer),
        })),
      };
    });
  };
