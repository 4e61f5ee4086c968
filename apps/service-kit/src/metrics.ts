import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Seconds; from an answer of redis next door to a request that times out. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts and times every request of `app`, beside Node's own figures.
 *
 * @returns the registry, whose text is the Prometheus exposition format
 */
export function measure(
  app: FastifyInstance,
  labels: { readonly service: string; readonly cluster: string; readonly version: string },
): Registry {
  const registry = new Registry();
  const { version, ...identity } = labels;
  registry.setDefaultLabels(identity);
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "service_info",
    help: "Always 1; its labels say what runs",
    labelNames: ["version"],
    registers: [registry],
  }).set({ version }, 1);
  const duration = new Histogram({
    name: "http_server_request_duration_seconds",
    help: "Time from a request's headers to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: BUCKETS,
    registers: [registry],
  });
  let active = 0;
  new Gauge({
    name: "http_server_active_requests",
    help: "Requests without a whole answer yet",
    registers: [registry],
    collect() {
      this.set(active);
    },
  });
  app.addHook("onRequest", (_request, _reply, done) => {
    active++;
    done();
  });
  // Found by one text, as the registry's own way to a time series takes longer than all else here.
  const series = new Map<string, Histogram.Internal<"method" | "route" | "status">>();
  app.addHook("onResponse", (request, reply, done) => {
    active--;
    // The route's pattern: paths hold ids, and each would be a time series of its own.
    const route = request.routeOptions.url ?? "none";
    const { method } = request;
    const { statusCode: status } = reply;
    const key = `${status} ${method} ${route}`;
    const one = series.get(key) ?? duration.labels({ method, route, status });
    series.set(key, one);
    one.observe(reply.elapsedTime / 1000);
    done();
  });
  return registry;
}
