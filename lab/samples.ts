import { InvalidArgumentError } from "commander";

/** The sample applications that the lab can run beside the mesh. */
export const SAMPLES = ["bookinfo", "first-steps"] as const;
export type Sample = (typeof SAMPLES)[number];

/** Parses an option's list of samples, with commas between them; nothing for an empty text. */
export const parseSamples = (text: string): Sample[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const sample = SAMPLES.find((known) => known === name);
      if (sample === undefined) {
        throw new InvalidArgumentError(`Write one or more of ${SAMPLES.join(", ")}.`);
      }
      return sample;
    });
