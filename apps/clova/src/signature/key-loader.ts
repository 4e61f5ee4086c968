import type { KeyObject } from "node:crypto";

export interface LoadedKeys {
  readonly keys: readonly KeyObject[];
  /** The text that the keys are in, to tell whether it changed. */
  readonly pem: string;
  /** Entity tag of the text, where it came over HTTP. */
  readonly etag?: string;
}

/**
 * Loads keys from where they are published.
 *
 * @returns `previous` itself, or with another entity tag the same `keys`, when nothing changed
 * @throws Error with a sentence for the log
 */
export type KeyLoader = (previous: LoadedKeys | undefined) => Promise<LoadedKeys>;
