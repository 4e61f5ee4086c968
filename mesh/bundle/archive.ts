import { createGzip } from "node:zlib";
import { pipeline } from "node:stream/promises";
import { Writable } from "node:stream";
import { pack } from "tar-stream";
import type { Entry, LeftOut } from "./entry";
import type { KnownSecrets } from "./redact/known-secrets";
import type { Redactor } from "./redact/redactor";

/** Of one file; of longer ones the end is kept, where a log's news are. */
const MOST_BYTES_OF_A_FILE = 4 * 1_048_576;

/** One file as it goes into the archive. */
export interface PackedFile {
  readonly path: string;
  readonly content: string;
}

export interface Packed {
  readonly files: readonly PackedFile[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Takes the secrets out of what was collected, and keeps to the size that is allowed: the first
 * entries matter most.
 *
 * Whatever still holds a known secret after that is left out as a whole.
 */
export function prepare(
  entries: readonly Entry[],
  { redactor, known, maxBytes }: { redactor: Redactor; known: KnownSecrets; maxBytes: number },
): Packed {
  const files: PackedFile[] = [];
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  for (const { path, content } of entries) {
    const whole =
      typeof content === "string"
        ? redactor.text(content)
        : `${JSON.stringify(redactor.value(content), null, 2)}\n`;
    const text = end(whole, MOST_BYTES_OF_A_FILE);
    if (text !== whole) {
      leftOut.push({ what: `${path}: its beginning`, why: "longer than 4 MiB" });
    }
    const size = Buffer.byteLength(text);
    if (known.isIn(text) || known.isIn(path)) {
      leftOut.push({ what: known.isIn(path) ? "a file" : path, why: "a secret was still in it" });
    } else if (bytes + size > maxBytes) {
      leftOut.push({ what: path, why: "the bundle would be larger than --max-size" });
    } else {
      bytes += size;
      files.push({ path, content: text });
    }
  }
  return { files, leftOut };
}

function end(text: string, most: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= most) {
    return text;
  }
  const last = bytes.subarray(bytes.length - most).toString("utf8");
  return `[the beginning is left out]\n${last.slice(last.indexOf("\n") + 1)}`;
}

/** A compressed tar of these files, in one folder. */
export async function archiveOf(folder: string, files: readonly PackedFile[]): Promise<Buffer> {
  const tar = pack();
  const chunks: Buffer[] = [];
  const done = pipeline(
    tar as unknown as NodeJS.ReadableStream,
    createGzip(),
    new Writable({
      write(chunk: Buffer, _encoding, next) {
        chunks.push(chunk);
        next();
      },
    }),
  );
  for (const { path, content } of files) {
    tar.entry({ name: `${folder}/${path}`, mode: 0o600 }, content);
  }
  tar.finalize();
  await done;
  return Buffer.concat(chunks);
}
