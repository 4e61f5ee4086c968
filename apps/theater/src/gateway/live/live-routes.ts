import { Readable } from "node:stream";
import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyInstance } from "fastify";
import { describedProblems } from "../../schemas";
import { idOf, type Live, type Snapshot } from "./live";
import { LIVE } from "./live-schema";

/** More pages than that look at another pod, or ask now and then. */
export const MOST_STREAMS = 100;
/** Well below Envoy's five minutes for a silent stream, and what lies between it and the visitor. */
const HEARTBEAT_MILLISECONDS = 10_000;
/** When a browser comes back after the end of a stream. */
const RETRY_MILLISECONDS = 2000;
/** A visitor who is so far behind is too slow, and may come back. */
const MOST_WAITING_BYTES = 256 * 1024;

const NO_STORE = { "cache-control": "no-store" };

/**
 * What goes on in the mesh: once at `/api/live`, and whenever something is new at `/api/events`, as
 * server-sent events (WHATWG HTML §9.2).
 */
export function liveRoutes(app: FastifyInstance, live: Live): void {
  const streams = new Set<Readable>();
  app.addHook("preClose", (done) => {
    streams.forEach((stream) => stream.push(null));
    done();
  });
  app.get(
    "/api/live",
    {
      schema: {
        summary: "Clusters, pods, weights and flows as they are now",
        response: { 200: { description: "What the page shows", ...LIVE } },
      },
    },
    async (_request, reply) => reply.headers(NO_STORE).send(await live.fresh()),
  );
  app.get(
    "/api/events",
    {
      exposeHeadRoute: false,
      schema: {
        summary: "The same as server-sent events, whenever something is new",
        response: {
          200: {
            description: "A stream of events, each with what /api/live answers",
            content: { "text/event-stream": { schema: { type: "string" } } },
          },
          ...describedProblems({ 503: "Too many look already" }),
        },
      },
    },
    (request, reply) => {
      if (streams.size >= MOST_STREAMS) {
        throw new Problem(503, {
          detail: "Too many look already. Ask /api/live now and then.",
          headers: { "retry-after": "30" },
        });
      }
      const stream = new Readable({ read: () => undefined });
      streams.add(stream);
      const send = (text: string): void => {
        if (stream.readableLength > MOST_WAITING_BYTES) {
          stream.destroy();
        } else {
          stream.push(text);
        }
      };
      const end = live.listen((snapshot, id) => send(eventOf(snapshot, id)));
      const heartbeat = setInterval(() => send(":\n\n"), HEARTBEAT_MILLISECONDS);
      stream.on("close", () => {
        streams.delete(stream);
        clearInterval(heartbeat);
        end();
      });
      send(`retry: ${RETRY_MILLISECONDS}\n\n`);
      const snapshot = live.snapshot();
      const id = idOf(snapshot);
      if (request.headers["last-event-id"] !== id) {
        send(eventOf(snapshot, id));
      }
      return reply
        .headers({ ...NO_STORE, "x-accel-buffering": "no" })
        .type("text/event-stream")
        .send(stream);
    },
  );
}

const eventOf = (snapshot: Snapshot, id: string): string =>
  `id: ${id}\ndata: ${JSON.stringify(snapshot)}\n\n`;
