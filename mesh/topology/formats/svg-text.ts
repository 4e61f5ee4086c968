/** Width of a text in pixels, as broad fonts have it: nothing measures it where it is drawn. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, sign) => sum + widthOf(sign), 0) * size;

/** In ems. East Asian signs are square; narrow and broad Latin ones as in DejaVu Sans. */
function widthOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  return code >= 0x1100 && !(code >= 0x2000 && code < 0x2e80)
    ? 1
    : /[ijl.,:;'|! ]/.test(sign)
      ? 0.34
      : /[mwMW%@]/.test(sign)
        ? 0.95
        : 0.63;
}

/** As much of a text as has room, with an ellipsis for the rest. */
export function fit(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) {
    return text;
  }
  const signs = [...text];
  while (signs.length > 0 && textWidth(`${signs.join("")}…`, size) > room) {
    signs.pop();
  }
  return `${signs.join("").trimEnd()}…`;
}

/** Text and attributes of XML 1.0, which has no place for control characters. */
export const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
