import { isUtf8 } from "node:buffer";
import { Problem } from "@istio-multicloud/service-kit";

/** CEK's messages are at most six levels deep, but for session attributes and events' payloads. */
const DEEPEST = 32;

/**
 * The value of a JSON text in UTF-8 (RFC 8259).
 *
 * @throws Problem 400 when it is none, or nested deeper than any message is
 */
export function parseJson(text: Buffer): unknown {
  if (!isUtf8(text)) {
    throw new Problem(400, { detail: "The body is not UTF-8." });
  }
  if (depthOf(text) > DEEPEST) {
    throw new Problem(400, { detail: `The body is nested deeper than ${DEEPEST} levels.` });
  }
  try {
    return JSON.parse(text.toString()) as unknown;
  } catch {
    // Not the parser's own words: they quote the body.
    throw new Problem(400, { detail: "The body is not valid JSON." });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** How deep arrays and objects nest, counted without following them. */
export function depthOf(text: Buffer): number {
  let deepest = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) {
      inString = !inString;
    } else if (inString) {
      at += byte === BACKSLASH ? 1 : 0;
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
      deepest = Math.max(deepest, ++depth);
    } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
      depth--;
    }
  }
  return deepest;
}
