import assert from "node:assert/strict";
import { fromAttributes } from "../../../../../apps/clova/src/conversation/memory";
import { parseMessage, type Message } from "../../../../../apps/clova/src/protocol/message";
import { identityOf, momentOf } from "../../../../../apps/clova/src/replay/identity";
import { sign } from "../../../../../apps/clova/src/signature/sign";
import { cekKeys } from "../keys";
import { editable, fixture, NOW } from "../support";

const bytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const memoryOf = ({ sessionAttributes }: Message) => fromAttributes(sessionAttributes);

/** Of a body that was signed for this occasion. */
function identity(body: Buffer): string | undefined {
  const message = parseMessage(body);
  return identityOf(
    message,
    memoryOf(message),
    Buffer.from(sign(body, cekKeys().privateKey), "base64"),
  );
}

describe("a request's identity", () => {
  it("is there for a new session, an event, and a session that brings our attributes", () => {
    const intent = editable("intent");
    intent.session["sessionAttributes"] = { at: NOW.getTime() };
    for (const body of [fixture("launch"), fixture("event"), bytes(intent)]) {
      assert.ok(identity(body));
    }
  });

  it("is not there when a user may have said the same thing twice", () => {
    assert.equal(identity(fixture("intent")), undefined);
    assert.equal(identity(fixture("intent-with-slots")), undefined);
  });

  it("is the same whenever the body is signed, and another one with any other content", () => {
    const message = editable("launch");
    const before = identity(bytes(message));
    assert.equal(identity(bytes(message)), before);
    message.session["sessionId"] = "another";
    assert.notEqual(identity(bytes(message)), before);
  });
});

describe("a request's moment", () => {
  const moment = (value: object) => {
    const message = parseMessage(bytes(value));
    return momentOf(message, memoryOf(message));
  };

  it("is when the device sent the event, or when we answered the session's request before", () => {
    assert.deepEqual(moment(editable("event")), new Date("2017-09-05T05:41:21Z"));
    const intent = editable("intent");
    intent.session["sessionAttributes"] = { at: NOW.getTime() };
    assert.deepEqual(moment(intent), NOW);
  });

  it("is not known otherwise", () => {
    const event = editable("event");
    delete event.request["timestamp"];
    for (const message of [editable("launch"), editable("intent"), event]) {
      assert.equal(moment(message), undefined);
    }
  });
});
