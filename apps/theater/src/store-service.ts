import {
  createService,
  readServiceSettings,
  type Environment,
  type Service,
  type ServiceSettings,
} from "@istio-multicloud/service-kit";
import { describeRoutes, ROUTES } from "./documentation";
import { FIRST_USERS } from "./first-users";
import type { Kind } from "./model";
import { RedisStore } from "./store/redis-store";
import type { Store } from "./store/store";

/** The service of users, movies or bookings. */
export function createStoreService(
  kind: Kind,
  settings: ServiceSettings,
  store: Store,
): Promise<Service> {
  const name = `${kind}-service`;
  return createService({
    name,
    settings,
    ready: () => store.ready,
    async routes(app) {
      await describeRoutes(app, name);
      app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());
      ROUTES[kind](app, store);
      app.addHook("onClose", () => store.close());
      store.open(app.log, async () => {
        if (kind === "user") {
          await store.seed(FIRST_USERS);
        }
      });
    },
  });
}

/** Reads, besides what every service reads, REDIS_URL (redis://redis:6379) and REDIS_PASSWORD. */
export const storeServiceOf = (
  kind: Kind,
  env: Environment,
  defaults: { port: number },
): Promise<Service> =>
  createStoreService(
    kind,
    readServiceSettings(env, defaults),
    new RedisStore({
      url: env.url("REDIS_URL", ["redis:", "rediss:"], "redis://redis:6379"),
      password: env.optional("REDIS_PASSWORD"),
    }),
  );
