import { createService, Problem, type Service } from "@istio-multicloud/service-kit";
import { RaspberryPi } from "./conversation/raspberry-pi";
import type { Settings } from "./settings";
import { KeyCache } from "./signature/key-cache";
import type { KeyLoader } from "./signature/key-loader";
import { loadFromFile } from "./signature/load-from-file";
import { loadFromUrl } from "./signature/load-from-url";
import { registerWebhook } from "./webhook";

/** What depends on the moment, for tests to decide. */
export interface Chance {
  readonly now: () => Date;
  /** Milliseconds on a clock that never goes back. */
  readonly elapsed: () => number;
  /** 0 up to, but not, 1. */
  readonly random: () => number;
}

const CHANCE: Chance = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  random: Math.random,
};

/** The extension: `POST /` for CEK, `GET /health` for whoever watches it from outside. */
export async function createClova(settings: Settings, chance: Chance = CHANCE): Promise<Service> {
  const { raspberryPi } = settings;
  const keys = new KeyCache(keyLoader(settings), {
    timeToLive: settings.keyMilliseconds,
    now: chance.elapsed,
    onFailure: (reason) => service.app.log.error({ reason }, "no key loaded"),
  });
  const service = await createService({
    name: "clova",
    settings: settings.service,
    bodyLimit: settings.bodyLimitBytes,
    ready: () => keys.current() !== undefined,
    async routes(app, ready) {
      app.get("/health", async (_request, reply) => {
        if (!(await ready())) {
          throw new Problem(503, { detail: "Not ready.", headers: { "retry-after": "1" } });
        }
        return reply.type("text/plain; charset=utf-8").send("OK\n");
      });
      await registerWebhook(app, {
        ...chance,
        settings,
        keys,
        raspberryPi:
          raspberryPi && new RaspberryPi(raspberryPi.url, raspberryPi.timeoutMilliseconds),
      });
    },
  });
  void keys.obtain();
  return service;
}

function keyLoader({ keys, keyTimeoutMilliseconds }: Settings): KeyLoader {
  switch (keys.from) {
    case "text":
      return () => Promise.resolve(keys.loaded);
    case "file":
      return loadFromFile(keys.path);
    case "url":
      return loadFromUrl(keys.url, keyTimeoutMilliseconds);
  }
}
