/**
 * Something that a user wrote or has to change, said in one sentence.
 *
 * Whoever catches it prints {@link Error.message} and nothing else: no stack trace.
 */
export class UserError extends Error {
  override readonly name = "UserError";

  /** @param exitCode process exit code of a command that ends with this error */
  constructor(
    message: string,
    readonly exitCode: number = 1,
  ) {
    super(message);
  }
}

/** A wrong value in the configuration: which key, what was expected there, what was found, what to write. */
export class ConfigError extends UserError {
  constructor(
    readonly key: string,
    readonly expected: string,
    readonly got: unknown,
    readonly fix: string,
  ) {
    super(`${key} must be ${expected}, got ${quote(got)}: ${fix}`, 2);
  }
}

const LONGEST_QUOTE = 60;

/** A value as a message shows it: short, on one line, `nothing` for what is absent. */
export function quote(value: unknown): string {
  if (value === undefined || value === null) {
    return "nothing";
  }
  const text = JSON.stringify(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
