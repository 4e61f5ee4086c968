import { end } from "../protocol/answers";
import type { ResponseMessage } from "../protocol/response";
import { PHRASES } from "./phrases";
import { RaspberryPiError, type Call, type RaspberryPi } from "./raspberry-pi";
import { goOn, tellTip, type Turn } from "./turn";

type Handler = (turn: Turn) => ResponseMessage | Promise<ResponseMessage>;

const goodbye: Handler = () => end([PHRASES.goodbye]);

const help: Handler = (turn) =>
  goOn(
    turn,
    turn.raspberryPi === undefined ? [PHRASES.help] : [PHRASES.help, PHRASES.helpRaspberryPi],
    PHRASES.whatNext,
  );

/** Has the Raspberry Pi do something, and says what came of it. */
const withRaspberryPi =
  (act: (raspberryPi: RaspberryPi, call: Call) => Promise<string>): Handler =>
  async (turn) => {
    const text =
      turn.raspberryPi === undefined
        ? PHRASES.noRaspberryPi
        : await act(turn.raspberryPi, turn.call()).catch((error: unknown) => {
            if (!(error instanceof RaspberryPiError)) {
              throw error;
            }
            turn.onFailure(`The Raspberry Pi ${error.message}.`);
            return PHRASES.silentRaspberryPi;
          });
    return goOn(turn, [text], PHRASES.whatNext);
  };

/**
 * What the extension understands: intents of its interaction model, and those that every extension
 * has without registering them (CLOVA custom extension developer guide, "Built-in intent").
 */
export const INTENTS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["AnotherTipRequested", (turn) => tellTip(turn)],
  ["QuitRequested", goodbye],
  [
    "TurnOnRaspberryPi",
    withRaspberryPi(async (raspberryPi, call) => {
      await raspberryPi.turnOn(call);
      return PHRASES.turnedOn;
    }),
  ],
  [
    "TurnOffRaspberryPi",
    withRaspberryPi(async (raspberryPi, call) => {
      await raspberryPi.turnOff(call);
      return PHRASES.turnedOff;
    }),
  ],
  [
    "RaspberryPiTemperature",
    withRaspberryPi(async (raspberryPi, call) => {
      const degrees = await raspberryPi.temperature(call);
      return PHRASES.temperature(spokenDegrees(degrees));
    }),
  ],
  ["Clova.GuideIntent", help],
  ["Clova.CancelIntent", goodbye],
  // The only question the extension asks is whether to tell another tip.
  ["Clova.YesIntent", (turn) => tellTip(turn)],
  ["Clova.NoIntent", goodbye],
]);

/** An intent that we don't know: the interaction model may be ahead of us. */
export const notUnderstood: Handler = (turn) =>
  goOn(turn, [PHRASES.notUnderstood, PHRASES.help], PHRASES.whatNext);

function spokenDegrees(degrees: number): string {
  const text = Math.abs(degrees).toFixed(1).replace(/\.0$/, "");
  return degrees < 0 && text !== "0" ? PHRASES.belowZero(text) : text;
}
