import assert from "node:assert/strict";
import { parseMessage } from "../../../../../apps/clova/src/protocol/message";
import { identityOf, momentOf } from "../../../../../apps/clova/src/replay/identity";
import { editable, fixture, NOW } from "../support";

const bytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const identity = (body: Buffer): string | undefined => identityOf(parseMessage(body), body);

describe("a request's identity", () => {
  it("is there for a new session, an event, and a session that brings our attributes", () => {
    const intent = editable("intent");
    intent.session["sessionAttributes"] = { at: NOW.toISOString() };
    for (const body of [fixture("launch"), fixture("event"), bytes(intent)]) {
      assert.match(identity(body) ?? "", /^.{44}$/);
    }
  });

  it("is not there when a user may have said the same thing twice", () => {
    assert.equal(identity(fixture("intent")), undefined);
    assert.equal(identity(fixture("intent-with-slots")), undefined);
  });

  it("is another one with any other content", () => {
    const message = editable("launch");
    const before = identity(bytes(message));
    message.session["sessionId"] = "another";
    assert.notEqual(identity(bytes(message)), before);
  });
});

describe("a request's moment", () => {
  const moment = (value: object) => momentOf(parseMessage(bytes(value)));

  it("is when the device sent the event, or when we answered the session's request before", () => {
    assert.deepEqual(moment(editable("event")), new Date("2017-09-05T05:41:21Z"));
    const intent = editable("intent");
    intent.session["sessionAttributes"] = { at: NOW.toISOString() };
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
