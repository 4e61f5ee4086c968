import { UserError } from "../config/errors";
import { APP_IMAGES, type AppImage } from "./table";

/** The images of these names, all of them where there are none. @throws UserError for another name */
export function chooseImages(names: readonly string[]): readonly AppImage[] {
  const stranger = names.find((name) => !APP_IMAGES.some((image) => image.name === name));
  if (stranger !== undefined) {
    throw new UserError(
      `There is no image ${stranger}: write ${APP_IMAGES.map(({ name }) => name).join(", ")}, or nothing for all`,
      2,
    );
  }
  return names.length === 0 ? APP_IMAGES : APP_IMAGES.filter(({ name }) => names.includes(name));
}
