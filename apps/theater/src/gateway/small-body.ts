import type { Readable } from "node:stream";

/** Bytes of an answer that is passed on only when it is there as a whole. */
const SMALL = 64 * 1024;

/** Whether an answer with this Content-Length is small; one without any is not: it may go on. */
export const isSmall = (contentLength: unknown): boolean => Number(contentLength ?? NaN) <= SMALL;

/**
 * Reads a small body to its end. Cheaper than a stream for each answer, and one that breaks off
 * can still be told as an error.
 */
export const readWhole = (body: Readable): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    body
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .once("end", () => resolve(Buffer.concat(chunks)))
      .once("error", reject);
  });
