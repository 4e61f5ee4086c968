import { isMap } from "yaml";
import { writeConfig, type ConfigValue } from "../mesh/config-files";
import type { Project } from "../mesh/project";
import type { AppImage } from "./table";

export interface PinnedImage {
  readonly image: AppImage;
  /** With tag and digest. */
  readonly reference: string;
}

/** Writes references wherever the project's files configure what runs the images. @returns the changed files */
export const saveReferences = (project: Project, pinned: readonly PinnedImage[]): string[] =>
  writeConfig(project, pinned.flatMap(configValue));

const configValue = ({ image, reference }: PinnedImage): ConfigValue[] =>
  image.config === undefined
    ? []
    : [
        {
          key: image.config.key,
          path: image.config.path,
          value: reference,
          configuredBy: image.config.configuredBy.key,
          isConfigured: isConfigured(image.config.configuredBy.property),
        },
      ];

const isConfigured =
  (property: string | undefined) =>
  (node: unknown): boolean =>
    property === undefined
      ? // `pulumi config set` writes texts.
        String(node) === "true"
      : isMap(node) && node.has(property);
