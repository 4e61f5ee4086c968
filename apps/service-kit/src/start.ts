import { Environment, SettingsError } from "./environment";
import type { Service } from "./service";

/**
 * A service's whole life as a process: SIGTERM or SIGINT drains it, a second one ends it at once.
 * Ends with exit code 2 when a setting makes no sense, and 1 when it can't listen.
 */
export async function start(
  build: (env: Environment) => Service | Promise<Service>,
): Promise<void> {
  let service: Service;
  try {
    service = await build(new Environment(process.env));
  } catch (error) {
    if (!(error instanceof SettingsError)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 2;
    return;
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void service.drain());
  }
  try {
    await service.listen();
  } catch (error) {
    service.app.log.fatal({ err: error }, "could not listen");
    process.exitCode = 1;
    await service.close();
  }
}
