import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "@istio-multicloud/service-kit";
import type { FastifyBaseLogger } from "fastify";
import { createClient, ErrorReply } from "redis";
import { scripts } from "./scripts";

/** A mesh hides a lost redis behind connections that stay open, so silence is what counts. */
const ANSWER_MILLISECONDS = 1000;
/** A connection that is lost is back sooner, where redis itself isn't lost. */
const PATIENCE_MILLISECONDS = 2000;
const PAUSE_MILLISECONDS = 50;
const CHECK_MILLISECONDS = 1000;
const CONNECT_MILLISECONDS = 3000;
const LONGEST_WAIT_MILLISECONDS = 2000;

export interface RedisAddress {
  readonly url: URL;
  readonly password?: string | undefined;
}

const clientOf = ({ url, password }: RedisAddress) =>
  createClient({
    url: url.href,
    ...(password !== undefined && { password }),
    scripts,
    // What can't be sent now is refused now: how long it is tried again is not the client's to decide.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_MILLISECONDS,
      // Also for what comes before the first command; from then on there is a ping every second.
      socketTimeout: CONNECT_MILLISECONDS,
      reconnectStrategy: (retries) =>
        Math.min(50 * 2 ** retries, LONGEST_WAIT_MILLISECONDS) + Math.random() * 100,
    },
  });

type Client = ReturnType<typeof clientOf>;

/** A connection to redis that comes back by itself, however it was lost. */
export class RedisConnection {
  readonly #client: Client;
  #prepared = false;
  #check: NodeJS.Timeout | undefined;

  constructor(address: RedisAddress) {
    this.#client = clientOf(address);
  }

  /** @param prepare has to succeed once on every connection before that counts as ready */
  open(log: FastifyBaseLogger, prepare: () => Promise<void>): void {
    let lost = false;
    const check = async (): Promise<void> => {
      await this.#renewIfSilent();
      if (this.#client.isReady && !this.#prepared) {
        await prepare();
        this.#prepared = true;
        log.info("redis is ready");
      }
    };
    const checkSafely = (): void =>
      void check().catch((error: unknown) => log.warn({ err: error }, "redis is not ready"));
    this.#client.on("error", (error: Error) => {
      if (!lost) {
        log.warn({ err: error }, "redis is out of reach");
      }
      lost = true;
      this.#prepared = false;
    });
    this.#client.on("ready", () => {
      lost = false;
      checkSafely();
    });
    this.#connect();
    this.#check = setInterval(checkSafely, CHECK_MILLISECONDS);
  }

  get ready(): boolean {
    return this.#client.isReady && this.#prepared;
  }

  /**
   * Runs a command, again where its answer or the whole connection was lost.
   *
   * @param command has to do the same when it is done twice
   * @throws Problem 503 when there is no answer in time, or redis answers that it can't
   */
  async run<T>(command: (client: Client) => Promise<T>): Promise<T> {
    const end = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      try {
        return await inTime(command(this.#client));
      } catch (cause) {
        if (cause instanceof ErrorReply || performance.now() + PAUSE_MILLISECONDS > end) {
          throw new Problem(503, {
            detail: "The theater's store can't be reached now. Try again.",
            headers: { "retry-after": "2" },
            cause,
          });
        }
      }
      await sleep(PAUSE_MILLISECONDS);
    }
  }

  close(): void {
    clearInterval(this.#check);
    if (this.#client.isOpen) {
      this.#client.destroy();
    }
  }

  #connect(): void {
    // Rejects only when closed meanwhile: the strategy never gives up.
    this.#client.connect().catch(() => undefined);
  }

  async #renewIfSilent(): Promise<void> {
    if (!this.#client.isReady) {
      return;
    }
    try {
      await inTime(this.#client.ping());
    } catch (error) {
      if (this.#client.isReady) {
        this.#client.emit("error", error);
        this.#client.destroy();
        this.#connect();
      }
    }
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`redis did not answer within ${ANSWER_MILLISECONDS} ms`);
    timer = setTimeout(() => reject(error), ANSWER_MILLISECONDS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
