import { isObject } from "../../config/json";
import { UNKNOWN, type Path } from "../engine/properties";

export const SECRET_TEXT = "[secret]";
/** In place of what only a deployment tells, such as a load balancer's address. */
export const UNKNOWN_TEXT = "[known after deployment]";

/** Inputs as everybody may read them. */
export function redact(
  inputs: Readonly<Record<string, unknown>>,
  secrets: readonly Path[],
): Readonly<Record<string, unknown>> {
  const isSecret = new Set(secrets.map((path) => JSON.stringify(path)));
  const isSecretObject = inputs["kind"] === "Secret" && inputs["apiVersion"] === "v1";

  const walk = (value: unknown, path: Path): unknown => {
    if (isSecretObject && path.length === 1 && (path[0] === "data" || path[0] === "stringData")) {
      return isObject(value)
        ? Object.fromEntries(Object.keys(value).map((key) => [key, SECRET_TEXT]))
        : SECRET_TEXT;
    }
    if (isSecret.has(JSON.stringify(path))) {
      return SECRET_TEXT;
    }
    if (value === UNKNOWN) {
      return UNKNOWN_TEXT;
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => walk(item, [...path, index]));
    }
    return isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]),
        )
      : value;
  };

  return walk(inputs, []) as Record<string, unknown>;
}
