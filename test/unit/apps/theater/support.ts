import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyBaseLogger } from "fastify";
import type { Service } from "@istio-multicloud/service-kit";
import { FIRST_USERS } from "../../../../apps/theater/src/first-users";
import type { Kind } from "../../../../apps/theater/src/model";
import { createStoreService } from "../../../../apps/theater/src/store-service";
import type { Store } from "../../../../apps/theater/src/store/store";
import { testSettings } from "../service-kit/support";
import { Memory, MemoryStore } from "./memory-store";

export const noLog: FastifyBaseLogger = Fastify({ logger: { level: "silent" } }).log;

/** Waits, a second by default, until something holds. */
export async function until(holds: () => boolean, milliseconds = 1000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error(`not within ${milliseconds} ms`);
    }
    await sleep(5);
  }
}

/** Stores over one and the same data, as several services have them. */
export interface Backend {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Begins anew, with nothing. */
  clear(): Promise<void>;
  store(): Promise<Store>;
}

export function memoryBackend(): Backend {
  let memory = new Memory();
  return {
    name: "in memory",
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    clear: () => {
      memory = new Memory();
      return Promise.resolve();
    },
    store: () => Promise.resolve(new MemoryStore(memory)),
  };
}

/** The three services over one memory. */
export interface Theater {
  readonly services: Readonly<Record<Kind, Service>>;
  /** Begins anew, as after the first start. */
  clear(): void;
  close(): Promise<void>;
}

export async function theaterInMemory(): Promise<Theater> {
  const memory = new Memory();
  const service = (kind: Kind): Promise<Service> =>
    createStoreService(kind, testSettings(), new MemoryStore(memory));
  const services = {
    user: await service("user"),
    movie: await service("movie"),
    booking: await service("booking"),
  };
  return {
    services,
    clear() {
      memory.items.clear();
      memory.taken.clear();
      memory.answered.clear();
      FIRST_USERS.forEach((user) => memory.items.set(`user:${user.id}`, user));
    },
    async close() {
      await Promise.all(Object.values(services).map((one) => one.close()));
    },
  };
}
