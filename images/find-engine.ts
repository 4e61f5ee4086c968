import { UserError } from "../config/errors";
import { CONTAINER_ENGINES, ENGINE_NAMES, type ContainerEngine, type EngineName } from "./engines";
import type { RunCommand } from "./run";

/**
 * The engine that was asked for, or the first that is there.
 *
 * @throws UserError where there is none
 */
export async function findEngine(
  asked: EngineName | undefined,
  run: RunCommand,
): Promise<ContainerEngine> {
  const engines = (asked === undefined ? ENGINE_NAMES : [asked]).map(
    (name) => CONTAINER_ENGINES[name],
  );
  for (const engine of engines) {
    if (await run(engine.probe.command).then(yes, no)) {
      return engine;
    }
  }
  const titles = engines.map(({ title }) => title);
  throw new UserError(
    `There is no ${titles.join(" and no ")} on the PATH: install ${titles.length > 1 ? "one of them" : "it, or leave out --engine"}`,
    2,
  );
}

const yes = (): boolean => true;
const no = (): boolean => false;
