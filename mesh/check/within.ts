/**
 * Gives a work an end.
 *
 * @param work gets a signal that ends what it started, at the latest after `seconds`
 * @throws Error when the time is over, the signal's reason when that came first
 */
export async function within<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new Error(`no answer within ${seconds} s`)),
    seconds * 1000,
  );
  const end = AbortSignal.any([signal, timeout.signal]);
  try {
    return await Promise.race([
      work(end),
      new Promise<never>((_, reject) => {
        end.addEventListener("abort", () => reject(end.reason as Error), { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
