import assert from "node:assert/strict";
import fc from "fast-check";
import { answer } from "../../../../../apps/clova/src/conversation/answer";
import { INTENTS } from "../../../../../apps/clova/src/conversation/intents";
import { fromAttributes } from "../../../../../apps/clova/src/conversation/memory";
import { PHRASES } from "../../../../../apps/clova/src/conversation/phrases";
import {
  RaspberryPi,
  RaspberryPiError,
} from "../../../../../apps/clova/src/conversation/raspberry-pi";
import { TIPS } from "../../../../../apps/clova/src/conversation/tips";
import type { Turn } from "../../../../../apps/clova/src/conversation/turn";
import type { MessageRequest } from "../../../../../apps/clova/src/protocol/message";
import type { ResponseMessage } from "../../../../../apps/clova/src/protocol/response";
import { assertComplete, NOW, spoken } from "../support";

const turn = (changes: Partial<Turn> = {}): Turn => ({
  memory: {},
  now: NOW,
  random: () => 0,
  raspberryPi: undefined,
  call: () => ({ signal: new AbortController().signal, headers: {} }),
  onFailure: (reason) => assert.fail(reason),
  ...changes,
});

async function ask(request: MessageRequest, changes: Partial<Turn> = {}): Promise<ResponseMessage> {
  const message = await answer(request, turn(changes));
  assertComplete(message);
  return message;
}

const intent = (name: string, changes: Partial<Turn> = {}) =>
  ask({ type: "IntentRequest", intent: name }, changes);

const goesOn = ({ response }: ResponseMessage): boolean => !response.shouldEndSession;

/** A Raspberry Pi that does as told, or fails. */
class FakeRaspberryPi extends RaspberryPi {
  readonly done: string[] = [];
  constructor(private readonly degrees: number | Error) {
    super(new URL("http://pi.example"), 1);
  }
  override turnOn = () => this.act("on");
  override turnOff = () => this.act("off");
  override temperature = async () => {
    await this.act("temperature");
    return this.degrees as number;
  };
  private act(what: string): Promise<void> {
    this.done.push(what);
    return this.degrees instanceof Error ? Promise.reject(this.degrees) : Promise.resolve();
  }
}

describe("the extension", () => {
  it("greets with a tip, and asks whether to tell another one", async () => {
    const message = await ask({ type: "LaunchRequest" });
    assert.equal(spoken(message), `${PHRASES.greeting}\n${TIPS[0]}`);
    assert.ok(goesOn(message));
    assert.deepEqual(message.response.reprompt?.outputSpeech, {
      type: "SimpleSpeech",
      values: { type: "PlainText", lang: "ko", value: PHRASES.anotherTip },
    });
  });

  it("tells another tip when asked for one, or answered yes", async () => {
    for (const name of ["AnotherTipRequested", "Clova.YesIntent"]) {
      const message = await intent(name, { memory: { tip: 0 } });
      assert.equal(spoken(message), TIPS[1]);
      assert.deepEqual(fromAttributes(message.sessionAttributes), { tip: 1, at: NOW });
      assert.ok(goesOn(message));
    }
  });

  it("ends when told so in any way", async () => {
    for (const name of ["QuitRequested", "Clova.CancelIntent", "Clova.NoIntent"]) {
      const message = await intent(name);
      assert.equal(spoken(message), PHRASES.goodbye);
      assert.ok(!goesOn(message), name);
    }
    assert.ok(!goesOn(await ask({ type: "SessionEndedRequest" })));
  });

  it("explains itself, and the Raspberry Pi only where there is one", async () => {
    assert.equal(spoken(await intent("Clova.GuideIntent")), PHRASES.help);
    assert.equal(
      spoken(await intent("Clova.GuideIntent", { raspberryPi: new FakeRaspberryPi(1) })),
      `${PHRASES.help}\n${PHRASES.helpRaspberryPi}`,
    );
  });

  it("answers politely to what it doesn't know, and keeps the session and its memory", async () => {
    for (const name of ["OrderPizza", "", "constructor", "__proto__"]) {
      const message = await intent(name, { memory: { tip: 5 } });
      assert.equal(spoken(message), `${PHRASES.notUnderstood}\n${PHRASES.help}`);
      assert.equal(message.sessionAttributes["tip"], 5);
      assert.ok(goesOn(message));
    }
  });

  it("says nothing to events", async () => {
    for (const event of ["AudioPlayer.PlayStopped", "ClovaSkill.SkillDisabled", "New.Event"]) {
      const message = await ask({ type: "EventRequest", event, sentAt: NOW });
      assert.deepEqual(message.response.outputSpeech, {});
    }
  });

  it("switches the Raspberry Pi, and reads its temperature", async () => {
    const raspberryPi = new FakeRaspberryPi(21.04);
    const said = async (name: string) => spoken(await intent(name, { raspberryPi }));
    assert.equal(await said("TurnOnRaspberryPi"), PHRASES.turnedOn);
    assert.equal(await said("TurnOffRaspberryPi"), PHRASES.turnedOff);
    assert.equal(await said("RaspberryPiTemperature"), "지금 라즈베리파이의 온도는 21도예요.");
    assert.deepEqual(raspberryPi.done, ["on", "off", "temperature"]);
  });

  it("reads temperatures as people do", async () => {
    for (const [degrees, text] of [
      [36.57, "36.6도"],
      [-3.5, "영하 3.5도"],
      [-0.01, " 0도"],
      [0, " 0도"],
    ] as const) {
      const raspberryPi = new FakeRaspberryPi(degrees);
      assert.ok(spoken(await intent("RaspberryPiTemperature", { raspberryPi })).includes(text));
    }
  });

  const raspberryPiIntents = ["TurnOnRaspberryPi", "TurnOffRaspberryPi", "RaspberryPiTemperature"];

  it("says that the Raspberry Pi doesn't answer, and logs why", async () => {
    for (const name of raspberryPiIntents) {
      const reasons: string[] = [];
      const message = await intent(name, {
        raspberryPi: new FakeRaspberryPi(new RaspberryPiError("answered with status 500")),
        onFailure: (reason) => reasons.push(reason),
      });
      assert.equal(spoken(message), PHRASES.silentRaspberryPi);
      assert.ok(goesOn(message));
      assert.deepEqual(reasons, ["The Raspberry Pi answered with status 500."]);
    }
  });

  it("says that there is no Raspberry Pi", async () => {
    for (const name of raspberryPiIntents) {
      assert.equal(spoken(await intent(name)), PHRASES.noRaspberryPi);
    }
  });

  it("answers every intent completely, whatever the session remembers", async () => {
    const attributes = fc.dictionary(fc.constantFrom("tip", "at", "x"), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...INTENTS.keys()),
        attributes,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (name, remembered, random) => {
          await intent(name, { memory: fromAttributes(remembered), random: () => random });
        },
      ),
    );
  });
});
