import { minorOf } from "../../config/versions";

/** `docker.io/istio/pilot:1.31.1-distroless` ⇒ `1.31.1`; nothing for a digest or a tag of one's own. */
export const imageVersion = (image: string): string | undefined =>
  /:(\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?)(?:-[a-z]+)?(?:@.*)?$/.exec(image)?.[1];

/**
 * How many minor versions `other` is behind `version`; negative where it is ahead.
 *
 * @returns nothing where either is no version, or of another major version
 */
export function minorsApart(version: string, other: string): number | undefined {
  const [major, minor] = parts(version);
  const [otherMajor, otherMinor] = parts(other);
  return major === undefined || major !== otherMajor
    ? undefined
    : Number(minor) - Number(otherMinor);
}

const parts = (version: string): string[] => minorOf(version)?.split(".") ?? [];
