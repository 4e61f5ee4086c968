/**
 * What `work` brings, or after `milliseconds` what `late` brings; the signal then tells `work` that
 * nobody waits any more. Work that is done at once costs neither a timer nor a signal.
 */
export async function within<T>(
  milliseconds: number,
  work: (signal: () => AbortSignal) => T | Promise<T>,
  late: () => T,
): Promise<T> {
  const controller = new AbortController();
  const begun = work(() => controller.signal);
  if (!(begun instanceof Promise)) {
    return begun;
  }
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      resolve(late());
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([begun, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
