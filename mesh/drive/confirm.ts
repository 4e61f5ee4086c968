import { createInterface } from "node:readline/promises";
import { UserError } from "../../config/errors";

/** @throws UserError where nobody can answer, before anything is done that an answer depends on */
export function requireSomebody(): void {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UserError("Nobody can be asked here: add --yes to go on without a question", 2);
  }
}

/**
 * Asks for a word before something that can't be undone.
 *
 * @throws UserError where the answer is another
 */
export async function confirm(question: string, word: string, signal: AbortSignal): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} Type ${word}: `, { signal });
    if (answer.trim() !== word) {
      throw new UserError(`Nothing was changed: the answer was not ${word}`, CANCELLED);
    }
  } finally {
    terminal.close();
  }
}

/** The Pulumi CLI's exit code for what its user called off. */
const CANCELLED = 8;
