import { Environment } from "@istio-multicloud/service-kit";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { ResponseMessage } from "../../../../apps/clova/src/protocol/response";
import { createClova, type Chance } from "../../../../apps/clova/src/service";
import { readSettings } from "../../../../apps/clova/src/settings";
import { sign } from "../../../../apps/clova/src/signature/sign";
import type { Keys } from "./keys";

const folder = join(__dirname, "fixtures");

/** Requests as the developer guides have them, by name. */
export const FIXTURES: readonly string[] = readdirSync(folder).map((file) =>
  file.replace(/\.json$/, ""),
);

/** Exactly the bytes that are on disk. */
export const fixture = (name: string): Buffer => readFileSync(join(folder, `${name}.json`));

/** A fixture whose fields a test may change. */
export const editable = (name: string): EditableMessage =>
  JSON.parse(fixture(name).toString()) as EditableMessage;

export interface EditableMessage {
  version: unknown;
  session: Record<string, unknown>;
  context: { System: { application: { applicationId: unknown } } } & Record<string, unknown>;
  request: Record<string, unknown>;
}

export const APPLICATION_ID = "com.example.extension.mrdebugger";

/** A moment after the fixtures' events. */
export const NOW = new Date("2017-09-05T05:41:30Z");

export const settings = (variables: Record<string, string>) =>
  readSettings(
    new Environment({
      CLUSTER_NAME: "ncloud",
      POD_NAME: "pod-1",
      PORT: "0",
      MANAGEMENT_PORT: "0",
      LOG_LEVEL: "silent",
      DRAIN_MILLISECONDS: "0",
      CLOVA_APPLICATION_IDS: APPLICATION_ID,
      ...variables,
    }),
  );

export type Clova = Awaited<ReturnType<typeof createClova>>;

export const clova = (variables: Record<string, string>, chance: Partial<Chance> = {}) =>
  createClova(settings(variables), {
    now: () => NOW,
    elapsed: () => performance.now(),
    random: () => 0,
    ...chance,
  });

export const post = ({ app }: Clova, body: Buffer | string, headers: Record<string, string> = {}) =>
  app.inject({
    method: "POST",
    url: "/",
    body,
    headers: { "content-type": "application/json;charset-UTF-8", ...headers },
  });

/** Posts a body as CEK would. */
export const postSigned = (service: Clova, body: Buffer | object, { privateKey }: Keys) => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return post(service, bytes, { SignatureCEK: sign(bytes, privateKey) });
};

/** An HTTP server on a free port, until `close`. */
export async function listen(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

/** What is said, one text per line. */
export function spoken({ response }: ResponseMessage): string {
  const { outputSpeech } = response;
  if (!("type" in outputSpeech)) {
    return "";
  }
  assert.ok(outputSpeech.type !== "SpeechSet");
  return [outputSpeech.values]
    .flat()
    .map(({ value }) => value)
    .join("\n");
}

/** All that the guide demands of an answer. */
export function assertComplete(message: ResponseMessage): void {
  const { version, sessionAttributes, response } = message;
  assert.equal(version, "0.1.0");
  assert.ok(isObject(sessionAttributes));
  assert.ok(isObject(response.outputSpeech));
  assert.ok(isObject(response.card));
  assert.ok(Array.isArray(response.directives));
  assert.equal(typeof response.shouldEndSession, "boolean");
  assert.equal(response.reprompt === undefined, response.shouldEndSession);
  for (const text of spoken(message).split("\n")) {
    assertSpeakable(text);
  }
}

/** "한 문장당 최대 200 자 … 총 1000 자" of the guide's SpeechInfoObject. */
export function assertSpeakable(text: string): void {
  assert.ok(text.length <= 1000, text);
  for (const sentence of text.split(/(?<=[.?!])\s/)) {
    assert.ok(sentence.length <= 200, sentence);
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
