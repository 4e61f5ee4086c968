import { readFile } from "node:fs/promises";
import type { KeyLoader } from "./key-loader";
import { parsePublicKeys } from "./public-keys";

/** Loads keys from a file, which may be replaced while we run, as a mounted Secret is. */
export const loadFromFile =
  (path: string): KeyLoader =>
  async (previous) => {
    const pem = await readFile(path, "utf8");
    return pem === previous?.pem ? previous : { pem, keys: parsePublicKeys(pem) };
  };
