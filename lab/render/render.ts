import { isForPeople, messageOf, runProgram } from "../engine/program";
import { Monitor } from "../engine/monitor";
import type { StackConfig } from "../../config/stack-files";
import { UserError } from "../../config/errors";
import { manifests } from "./manifests";
import { Recorder, type StackOutputs } from "./recorder";

export { placeholder, standIns } from "./stand-ins";

/**
 * What a stack would create, as YAML texts by their paths; see {@link manifests}.
 *
 * Runs the program as a preview does, with nothing behind it: no cluster, no network, no CLI. One
 * stack per process.
 *
 * @param stackOutputs what the program finds when it reads another stack
 * @throws UserError for what the program or its configuration gets wrong
 */
export async function renderStack(
  projectDir: string,
  stack: string,
  config: StackConfig,
  stackOutputs: StackOutputs,
): Promise<ReadonlyMap<string, string>> {
  const recorder = new Recorder(stackOutputs);
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown): void =>
      reject(isForPeople(error) ? new UserError(messageOf(error)) : (error as Error));
    process.on("unhandledRejection", fail);
    new Monitor(
      { organization: "organization", project: config.project, stack },
      recorder,
      fail,
    ).install(true);
    runProgram(projectDir, config).then(resolve, fail);
  });
  return manifests(recorder.recordings);
}
