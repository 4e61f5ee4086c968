import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { join } from "node:path";

/** Beside this file, and beside the bundle in an image. */
const FOLDER = join(__dirname, "page");

/** The page loads nothing from elsewhere, and nobody frames it. */
const HEADERS = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Serves the page's files at `/`. */
export async function pageRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: FOLDER,
    wildcard: false,
    setHeaders: (reply) => void reply.headers(HEADERS),
  });
}
