import { UserError } from "../config/errors";

const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
/** Host with an optional port, then repository names (distribution/reference, reference.go). */
const REGISTRY = new RegExp(`^[A-Za-z0-9.-]+(?::[0-9]+)?(?:/${COMPONENT})*$`);
const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** @throws UserError where it isn't a registry with an optional path */
export function parseRegistry(text: string): string {
  const registry = text.replace(/\/+$/, "");
  if (!REGISTRY.test(registry)) {
    throw new UserError(
      `--registry is "${text}": write a host and a path without a scheme, in lower case, e.g. harbor.example.com/theater-msa`,
      2,
    );
  }
  return registry;
}

/** @throws UserError where one isn't `<os>/<architecture>` */
export function parsePlatforms(text: string): readonly string[] {
  const platforms = text.split(",").map((part) => part.trim());
  const wrong = platforms.find((platform) => !PLATFORM.test(platform));
  if (wrong !== undefined) {
    throw new UserError(
      `--platform has "${wrong}": write systems and architectures with commas between them, e.g. linux/amd64,linux/arm64`,
      2,
    );
  }
  return [...new Set(platforms)];
}

/** @throws UserError where no registry takes it */
export function parseTag(text: string): string {
  if (!TAG.test(text)) {
    throw new UserError(
      `--tag is "${text}": write letters, digits, dots, dashes and underscores, at most 128`,
      2,
    );
  }
  return text;
}

/** @throws UserError where it isn't `NAME=value` */
export function parseBuildArgument(text: string): string {
  if (!/^[A-Za-z_]\w*=/.test(text)) {
    throw new UserError(
      `--build-arg is "${text}": write NAME=value, e.g. BASE_IMAGE=harbor.example.com/base/nodejs22:1`,
      2,
    );
  }
  return text;
}

/** @returns what came out of a container engine, if it is a digest @throws Error else */
export function parseDigest(text: string): string {
  const digest = text.trim();
  if (!DIGEST.test(digest)) {
    throw new Error(`The container engine reported "${digest.slice(0, 100)}" for a digest`);
  }
  return digest;
}
