import { isMap } from "yaml";
import { UserError } from "../../config/errors";
import type { WeightedService } from "../../config/theater-schema";
import { writeConfig } from "../config-files";
import type { Project } from "../project";
import type { Shares } from "./shares";

/**
 * Writes shares wherever the project's files configure the theater.
 *
 * @returns the files that were changed
 * @throws UserError where none of them does
 */
export function saveShares(project: Project, service: WeightedService, shares: Shares): string[] {
  const changed = writeConfig(project, [
    {
      key: "theater",
      path: ["weights", service],
      value: shares,
      configuredBy: "theater",
      isConfigured: (node) => isMap(node) && node.has("enabled"),
    },
  ]);
  if (changed.length === 0) {
    throw new UserError(
      `No file in ${project.dir} configures mesh:theater, so the shares were not saved: write them where it is configured`,
    );
  }
  return changed;
}
