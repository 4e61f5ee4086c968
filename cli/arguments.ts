import { InvalidArgumentError } from "commander";

/** Parses an option's whole number within both ends. */
export const wholeNumber =
  (from: number, to: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < from || number > to) {
      throw new InvalidArgumentError(`Write a whole number from ${from} to ${to}.`);
    }
    return number;
  };

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Parses an option's duration: `90s`, `5m`, `1h`. @returns seconds */
export function durationSeconds(text: string): number {
  const [, number, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  if (number === undefined) {
    throw new InvalidArgumentError("Write a duration such as 90s, 5m or 1h.");
  }
  return Number(number) * SECONDS[unit as keyof typeof SECONDS];
}
