import { schema, SECRET_KEYS, type Key } from "../../config/schema";
import { REMARKS } from "./configuration-remarks";
import { english, type Translate } from "./language";
import { code, rows, shapeOf, type Row, type Shape } from "./schema-rows";
import { table, type Sections } from "./sections";

/** The parts of docs/configuration.md that are the schema: all keys, then each object by itself. */
export function configurationSections(t: Translate = english, keys: Shape = schema): Sections {
  const objects = Object.entries(keys).flatMap(([key, type]) => {
    const shape = shapeOf(type);
    return shape === undefined
      ? []
      : [[key, propertyTable(t, key, rows(shape, `${key}.`, REMARKS, t))] as const];
  });
  return { keys: keyTable(t, rows(keys, "", REMARKS, t)), ...Object.fromEntries(objects) };
}

const keyTable = (t: Translate, entries: readonly Row[]): string =>
  table(
    ["key", "type", "default", "meaning"].map(t),
    entries.map((row) => [
      code(`mesh:${row.path}`),
      SECRET_KEYS.includes(row.path as Key) ? `${row.type}, ${t("secret")}` : row.type,
      row.default,
      row.description,
    ]),
  );

const propertyTable = (t: Translate, key: string, entries: readonly Row[]): string =>
  table(
    ["property", "type", "default", "meaning"].map(t),
    entries.map((row) => [
      code(row.path.slice(key.length + 1)),
      row.type,
      row.default,
      row.description,
    ]),
  );
