import { ask, type Texts } from "../protocol/answers";
import type { ResponseMessage } from "../protocol/response";
import { toAttributes, type Memory } from "./memory";
import { PHRASES } from "./phrases";
import type { Call, RaspberryPi } from "./raspberry-pi";
import { nextTip, TIPS } from "./tips";

/** One request of a session, and all that an answer may depend on. */
export interface Turn {
  readonly memory: Memory;
  readonly now: Date;
  /** 0 up to, but not, 1. */
  readonly random: () => number;
  /** Absent when the extension has none. */
  readonly raspberryPi: RaspberryPi | undefined;
  /** What calls made on behalf of the request are made with. */
  readonly call: () => Call;
  /** Told why something the user wished for did not work. */
  readonly onFailure: (reason: string) => void;
}

/** Says something and goes on listening. */
export const goOn = (turn: Turn, texts: Texts, again: string): ResponseMessage =>
  ask(texts, again, toAttributes({ ...turn.memory, at: turn.now }));

/** Tells a tip, another one than before, and offers a further one. */
export function tellTip(turn: Turn, ...before: string[]): ResponseMessage {
  const tip = nextTip(turn.memory.tip, turn.random());
  const [first, ...others] = [...before, TIPS[tip] ?? ""];
  return ask([first ?? "", ...others], PHRASES.anotherTip, toAttributes({ tip, at: turn.now }));
}
