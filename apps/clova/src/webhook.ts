import rateLimit from "@fastify/rate-limit";
import { forwardedHeaders, Problem } from "@istio-multicloud/service-kit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate } from "./authenticate";
import { clientAddress } from "./client-address";
import { answer } from "./conversation/answer";
import { fromAttributes, type Memory } from "./conversation/memory";
import { PHRASES } from "./conversation/phrases";
import type { RaspberryPi } from "./conversation/raspberry-pi";
import { within } from "./deadline";
import { end } from "./protocol/answers";
import { parseMessage, type Message } from "./protocol/message";
import type { ResponseMessage } from "./protocol/response";
import { identityOf, momentOf } from "./replay/identity";
import { RecentAnswers } from "./replay/recent-answers";
import type { Settings } from "./settings";
import type { KeyCache } from "./signature/key-cache";

/** A few KiB each. */
const MOST_ANSWERS = 5000;
const MINUTE = 60_000;

const QUIET = {
  "x-ratelimit-limit": false,
  "x-ratelimit-remaining": false,
  "x-ratelimit-reset": false,
};

export interface WebhookOptions {
  readonly settings: Settings;
  readonly keys: KeyCache;
  readonly raspberryPi: RaspberryPi | undefined;
  readonly now: () => Date;
  /** 0 up to, but not, 1. */
  readonly random: () => number;
}

/**
 * `POST /`: what CEK calls for every request of a user. Nothing of a body is looked at before it
 * proved to be CEK's.
 */
export async function registerWebhook(
  app: FastifyInstance,
  options: WebhookOptions,
): Promise<void> {
  const { settings, keys } = options;
  const answers = new RecentAnswers<ResponseMessage>({
    milliseconds: settings.replayMilliseconds,
    most: MOST_ANSWERS,
    now: () => performance.now(),
  });
  app.removeAllContentTypeParsers();
  // The signature is one of bytes; CEK itself writes "application/json;charset-UTF-8".
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  await app.register(rateLimit, {
    global: false,
    timeWindow: MINUTE,
    max: settings.rateLimit,
    keyGenerator: ({ headers, ip }) => clientAddress(headers["x-forwarded-for"], ip),
    addHeaders: QUIET,
    addHeadersOnExceeding: QUIET,
    errorResponseBuilder: () =>
      new Problem(429, { detail: "There are too many requests from this address." }),
  });
  app.post<{ Body: Buffer | undefined }>(
    "/",
    { config: { rateLimit: {} } },
    async (request, reply) => {
      const body = request.body ?? Buffer.alloc(0);
      const signature = await authenticate(body, request.headers[SIGNATURE], keys);
      const message = parseMessage(body);
      refuseOthers(message, settings);
      const memory = fromAttributes(message.sessionAttributes);
      refuseOld(momentOf(message, memory), settings, options.now());
      return answers.once(identityOf(message, memory, signature), () => {
        const milliseconds = settings.deadlineMilliseconds - reply.elapsedTime;
        return converse(message, memory, request, milliseconds, options);
      });
    },
  );
}

/** Node's spelling. */
const SIGNATURE = "signaturecek";

/** CEK signs the requests of all extensions with one key: somebody else's may be led to our URL. */
function refuseOthers({ applicationId }: Message, { applicationIds }: Settings): void {
  if (!applicationIds.includes(applicationId)) {
    throw new Problem(403, { detail: "The request is for another extension." });
  }
}

function refuseOld(moment: Date | undefined, { replayMilliseconds }: Settings, now: Date): void {
  if (
    moment !== undefined &&
    replayMilliseconds > 0 &&
    now.getTime() - moment.getTime() > replayMilliseconds
  ) {
    throw new Problem(409, { detail: "The request is too old: it seems to be a repetition." });
  }
}

/** The answer, in time: an apology is better than the silence that CEK makes of an error. */
async function converse(
  { request }: Message,
  memory: Memory,
  { headers, log }: FastifyRequest,
  milliseconds: number,
  { raspberryPi, now, random }: WebhookOptions,
): Promise<ResponseMessage> {
  const apology = (): ResponseMessage => end([PHRASES.apology]);
  const work = (signal: () => AbortSignal): ResponseMessage | Promise<ResponseMessage> =>
    answer(request, {
      memory,
      now: now(),
      random,
      raspberryPi,
      call: () => ({ signal: signal(), headers: forwardedHeaders(headers) }),
      onFailure: (reason) => log.warn({ reason }, "could not do as told"),
    });
  try {
    return await within(milliseconds, work, () => {
      log.warn("answer took too long");
      return apology();
    });
  } catch (error) {
    log.error({ err: error }, "answer failed");
    return apology();
  }
}
