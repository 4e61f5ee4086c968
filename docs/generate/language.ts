import { CHECK_KOREAN } from "./korean/check";
import { CLOUDS_KOREAN } from "./korean/clouds";
import { CONFIGURATION_KOREAN } from "./korean/configuration";
import { HTTPS_KOREAN } from "./korean/https";
import { POLICIES_KOREAN } from "./korean/policies";
import { PREFLIGHT_KOREAN } from "./korean/preflight";

/** A text of the data in a document's language; the data itself is English. */
export type Translate = (english: string) => string;

export const english: Translate = (text) => text;

/** Korean by English. */
export const KOREAN: Readonly<Record<string, string>> = {
  ...CHECK_KOREAN,
  ...CLOUDS_KOREAN,
  ...CONFIGURATION_KOREAN,
  ...HTTPS_KOREAN,
  ...POLICIES_KOREAN,
  ...PREFLIGHT_KOREAN,
};

/** What nobody has translated yet stays English; a test names it. */
export const korean: Translate = (text) => KOREAN[text] ?? text;
