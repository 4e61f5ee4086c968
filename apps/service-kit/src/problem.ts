import { STATUS_CODES } from "node:http";

/** A part of a request that is wrong; `pointer` is a JSON Pointer as URI fragment, as in RFC 9457. */
export interface FieldError {
  readonly detail: string;
  readonly pointer?: string;
  /** Query or path parameter, when it is none of the body's fields. */
  readonly parameter?: string;
}

export interface ProblemOptions {
  /** What happened this time, for people; never anything internal. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer's object. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** What went wrong inside: for the log only. */
  readonly cause?: unknown;
}

export const PROBLEM_JSON = "application/problem+json";

/** An answer that is an error, told as RFC 9457 has it. Throw it anywhere in a route. */
export class Problem extends Error {
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  private readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    readonly status: number,
    { detail, errors, headers = {}, extensions = {}, cause }: ProblemOptions = {},
  ) {
    super(detail ?? STATUS_CODES[status] ?? String(status), { cause });
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
    this.extensions = extensions;
  }

  /** The answer's object; `type` is about:blank, so `title` is the status' own (RFC 9457, 4.2.1). */
  toJSON(): Record<string, unknown> {
    return {
      type: "about:blank",
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(this.errors !== undefined && { errors: this.errors }),
      ...this.extensions,
    };
  }
}
