const HOUR_MILLISECONDS = 3_600_000;

/** `sleep infinity`, for an image without a shell: runs until it is told to end. */
export function idle(): void {
  const timer = setInterval(() => undefined, HOUR_MILLISECONDS);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => clearInterval(timer));
  }
}
