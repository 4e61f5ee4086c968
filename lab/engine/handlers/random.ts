import { randomBytes, randomInt } from "node:crypto";
import { logical, type Values } from "./logical";

const ALPHABETS = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

type Class = keyof typeof ALPHABETS;

const MINIMUM: Record<Class, string> = {
  lower: "minLower",
  upper: "minUpper",
  numeric: "minNumeric",
  special: "minSpecial",
};

/** `random:index/randomString:RandomString` */
export const randomString = logical({
  create: (inputs) => ({ result: randomText(inputs) }),
  id: ({ result }) => result as string,
});

/** `random:index/randomPassword:RandomPassword`; of its outputs `result`, not `bcryptHash`. */
export const randomPassword = logical({
  create: (inputs) => ({ result: randomText(inputs) }),
  id: () => "none",
});

/** `random:index/randomId:RandomId` */
export const randomId = logical({
  create: ({ byteLength, prefix = "" }) => {
    const bytes = randomBytes(Number(byteLength));
    const start = String(prefix);
    return {
      hex: start + bytes.toString("hex"),
      b64Std: start + bytes.toString("base64"),
      b64Url: start + bytes.toString("base64url"),
      dec: start + BigInt(`0x${bytes.toString("hex")}`).toString(),
      rawId: bytes.toString("base64url"),
    };
  },
  id: ({ rawId }) => rawId as string,
});

/** Characters of the allowed classes, at least as many of each as asked for, in random order. */
function randomText(inputs: Values): string {
  const alphabet = (name: Class): string => {
    const allowed = inputs[name] ?? (name === "numeric" ? inputs["number"] : undefined) ?? true;
    const override = name === "special" ? inputs["overrideSpecial"] : undefined;
    return allowed === false
      ? ""
      : typeof override === "string" && override !== ""
        ? override
        : ALPHABETS[name];
  };
  const names = Object.keys(ALPHABETS) as Class[];
  const required = names.flatMap((name) =>
    Array.from({ length: Number(inputs[MINIMUM[name]] ?? 0) }, () => pick(alphabet(name))),
  );
  const all = names.map(alphabet).join("");
  const rest = Math.max(0, Number(inputs["length"]) - required.length);
  return shuffle([...required, ...Array.from({ length: rest }, () => pick(all))]).join("");
}

const pick = (text: string): string => text[randomInt(text.length)] as string;

/** Fisher and Yates, with a cryptographic source. */
function shuffle(characters: readonly string[]): string[] {
  const result = [...characters];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] as string, result[last] as string];
  }
  return result;
}
