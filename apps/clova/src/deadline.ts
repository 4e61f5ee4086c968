/**
 * What `work` brings, or after `milliseconds` what `late` brings; the signal then tells `work` that
 * nobody waits any more. Work that is done at once costs neither a timer nor a signal.
 */
export function within<T>(
  milliseconds: number,
  work: (signal: () => AbortSignal) => T | Promise<T>,
  late: () => T,
): T | Promise<T> {
  const controller = new AbortController();
  const begun = work(() => controller.signal);
  return begun instanceof Promise ? inTime(milliseconds, begun, late, controller) : begun;
}

async function inTime<T>(
  milliseconds: number,
  begun: Promise<T>,
  late: () => T,
  controller: AbortController,
): Promise<T> {
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
