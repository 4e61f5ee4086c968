/** Whatever was thrown, as an Error: WebSockets reject with events that only look like one. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) {
    return thrown;
  }
  const { message } = (thrown ?? {}) as { message?: unknown };
  return new Error(typeof message === "string" && message !== "" ? message : String(thrown));
}
