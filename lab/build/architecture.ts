import { UserError } from "../../config/errors";

/** One processor architecture by the names that the different tools have for it. */
export interface Architecture {
  /** Go and container images. */
  readonly go: "amd64" | "arm64";
  /** Debian's folder of shared libraries, `/usr/lib/<multiarch>`. */
  readonly multiarch: string;
}

const ARCHITECTURES: Readonly<Partial<Record<NodeJS.Architecture, Architecture>>> = {
  x64: { go: "amd64", multiarch: "x86_64-linux-gnu" },
  arm64: { go: "arm64", multiarch: "aarch64-linux-gnu" },
};

export const isSupported = (nodeArchitecture: string): boolean => nodeArchitecture in ARCHITECTURES;

/** @throws UserError on an architecture that the lab has no parts for */
export function architecture(): Architecture {
  const found = ARCHITECTURES[process.arch];
  if (found === undefined) {
    throw new UserError(
      `The lab runs on x86_64 and arm64, this machine is ${process.arch}: use a machine of those.`,
    );
  }
  return found;
}
