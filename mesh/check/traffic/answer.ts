/** One answer to one request, as the echo client prints it. */
export interface EchoAnswer {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly milliseconds: number;
  readonly body?: {
    readonly cluster?: string;
    readonly version?: string;
    readonly pod?: string;
    readonly caller?: string;
  };
  readonly error?: string;
}
