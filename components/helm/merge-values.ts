import type { HelmValues } from "../../config/model";

/** Merges Helm values as `helm -f a -f b` does: objects deeply, everything else from the last. */
export function mergeValues(...layers: readonly HelmValues[]): HelmValues {
  return layers.reduce<HelmValues>(merge, {});
}

function merge(base: HelmValues, over: HelmValues): HelmValues {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = base[key];
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}

const isObject = (value: unknown): value is HelmValues =>
  typeof value === "object" && value !== null && !Array.isArray(value);
