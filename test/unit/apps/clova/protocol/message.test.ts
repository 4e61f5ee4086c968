import { Problem } from "@istio-multicloud/service-kit";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMessage } from "../../../../../apps/clova/src/protocol/message";
import {
  sampleRequest,
  SAMPLES,
  type SampleName,
} from "../../../../../apps/clova/src/sign-command/sample-request";
import { APPLICATION_ID, editable, fixture, FIXTURES } from "../support";

const parse = (value: unknown) => parseMessage(Buffer.from(JSON.stringify(value)));

const intents = FIXTURES.filter((name) => name.startsWith("intent"));

describe("a message of the CLOVA Extensions Kit", () => {
  it("is read from every recorded request", () => {
    for (const name of FIXTURES) {
      assert.equal(parseMessage(fixture(name)).applicationId, APPLICATION_ID, name);
    }
    assert.equal(intents.length, 6);
  });

  it("says which intent, whether it has slots, none or null", () => {
    const request = (name: string) => parseMessage(fixture(name)).request;
    for (const name of ["intent", "intent-with-slots", "intent-with-null-slots"]) {
      assert.deepEqual(request(name), { type: "IntentRequest", intent: "AnotherTipRequested" });
    }
    assert.deepEqual(request("intent-without-slots"), {
      type: "IntentRequest",
      intent: "QuitRequested",
    });
  });

  it("says which event, and when, if that can be read", () => {
    const event = editable("event");
    const read = () => parse(event).request;
    assert.deepEqual(read(), {
      type: "EventRequest",
      event: "AudioPlayer.PlayStopped",
      sentAt: new Date("2017-09-05T05:41:21Z"),
    });
    for (const timestamp of [undefined, null, 5, "yesterday"]) {
      event.request["timestamp"] = timestamp;
      assert.deepEqual(read(), {
        type: "EventRequest",
        event: "AudioPlayer.PlayStopped",
        sentAt: undefined,
      });
    }
  });

  it("may lack session attributes", () => {
    const message = editable("launch");
    for (const attributes of [undefined, null]) {
      message.session["sessionAttributes"] = attributes;
      assert.deepEqual(parse(message).sessionAttributes, {});
    }
  });

  it("is what the sample requests are", () => {
    for (const name of Object.keys(SAMPLES) as SampleName[]) {
      const now = new Date("2026-01-02T03:04:05Z");
      const sample = sampleRequest(name, { applicationId: "an.id", intent: "Some", now });
      const message = parse(sample);
      assert.equal(message.applicationId, "an.id");
      assert.equal(message.request.type, sample.request.type);
    }
  });

  const wrong: [string, (message: ReturnType<typeof editable>) => void, string][] = [
    ["no version", (message) => (message.version = undefined), "#/version"],
    ["a session that is a list", (message) => (message.session = [] as never), "#/session"],
    ["a session neither new nor not", (message) => delete message.session["new"], "#/session/new"],
    [
      "attributes that are a text",
      (message) => (message.session["sessionAttributes"] = "a"),
      "#/session/sessionAttributes",
    ],
    [
      "an application without id",
      (message) => (message.context.System.application.applicationId = null),
      "#/context/System/application/applicationId",
    ],
    ["no request", (message) => (message.request = null as never), "#/request"],
    ["an unknown type", (message) => (message.request["type"] = "Wish"), "#/request/type"],
    ["a type that is none", (message) => (message.request["type"] = 7), "#/request/type"],
    ["no intent", (message) => delete message.request["intent"], "#/request/intent"],
    [
      "an intent without a name",
      (message) => (message.request["intent"] = { slots: {} }),
      "#/request/intent/name",
    ],
    [
      "slots that are a list",
      (message) => (message.request["intent"] = { name: "a", slots: [] }),
      "#/request/intent/slots",
    ],
  ];
  for (const [what, change, pointer] of wrong) {
    it(`is refused with ${what}, and says where`, () => {
      const message = editable("intent");
      change(message);
      assert.throws(
        () => parse(message),
        (error) => {
          assert.ok(error instanceof Problem);
          assert.equal(error.status, 400);
          assert.deepEqual(
            error.errors?.map((one) => one.pointer),
            [pointer],
          );
          return true;
        },
      );
    });
  }

  it("is read or refused, and nothing else, whatever JSON it is", () => {
    const readOrRefused = (value: unknown): void => {
      try {
        parse(value);
      } catch (error) {
        assert.ok(error instanceof Problem && error.status === 400, String(error));
      }
    };
    fc.assert(fc.property(fc.jsonValue(), readOrRefused));
    const path = fc.constantFrom(
      ["version"],
      ["session"],
      ["session", "sessionAttributes"],
      ["context"],
      ["context", "System"],
      ["context", "System", "application"],
      ["request"],
      ["request", "type"],
      ["request", "intent"],
      ["request", "event"],
    );
    fc.assert(
      fc.property(fc.constantFrom(...FIXTURES), path, fc.jsonValue(), (name, keys, value) => {
        const message = editable(name);
        let parent = message as unknown as Record<string, unknown>;
        for (const key of keys.slice(0, -1)) {
          parent = parent[key] as Record<string, unknown>;
        }
        parent[keys.at(-1) ?? ""] = value;
        readOrRefused(message);
      }),
    );
  });
});
