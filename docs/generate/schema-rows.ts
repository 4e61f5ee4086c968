import { z } from "zod";
import type { Translate } from "./language";

/** A property of an object in the schema, as a row of documentation. */
export interface Row {
  /** Dots lead into objects, e.g. `clusters.name`. */
  readonly path: string;
  readonly type: string;
  readonly default: string;
  readonly description: string;
}

/** What documentation says beyond the schema, by path. */
export interface Remarks {
  /** A name for what a text or number is, e.g. `version`. */
  readonly types: Readonly<Record<string, string>>;
  /** What happens without a value, where that is no value itself. */
  readonly defaults: Readonly<Record<string, string>>;
  /** A sentence after the description, with links. */
  readonly notes: Readonly<Record<string, string>>;
}

export type Shape = Readonly<Record<string, z.ZodType>>;

/** What is inside defaults and optionals. */
export function unwrap(type: z.ZodType): z.ZodType {
  return type instanceof z.ZodDefault ||
    type instanceof z.ZodPrefault ||
    type instanceof z.ZodOptional
    ? unwrap(type.unwrap() as z.ZodType)
    : type;
}

/** The properties of an object, or of each item of a list; nothing for all else. */
export function shapeOf(type: z.ZodType): Shape | undefined {
  const inner = unwrap(type);
  if (inner instanceof z.ZodArray) {
    return shapeOf(inner.element as z.ZodType);
  }
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/**
 * A row per property; those of objects within follow their own names, e.g. `issuer.email`.
 *
 * @param prefix path of the object, with a dot at its end; empty at the top
 * @throws Error for a property without a description
 */
export function rows(shape: Shape, prefix: string, remarks: Remarks, t: Translate): Row[] {
  return Object.entries(shape).flatMap(([name, type]) => {
    const path = `${prefix}${name}`;
    const inner = prefix === "" ? undefined : shapeOf(type);
    return inner !== undefined
      ? rows(inner, `${path}.`, remarks, t)
      : [
          {
            path,
            type: typeText(path, type, remarks, t),
            default: defaultText(path, type, remarks, t),
            description: [describe(path, type), remarks.notes[path]]
              .filter((text) => text !== undefined)
              .map(t)
              .join(". "),
          },
        ];
  });
}

function describe(path: string, type: z.ZodType): string {
  const inner = unwrap(type);
  const text = type.description ?? inner.description;
  if (text === undefined) {
    throw new Error(`config/schema.ts says nothing about ${path}: describe it`);
  }
  return text;
}

function typeText(path: string, type: z.ZodType, remarks: Remarks, t: Translate): string {
  const own = remarks.types[path];
  const inner = unwrap(type);
  if (own !== undefined) {
    return t(own);
  }
  if (shapeOf(type) !== undefined) {
    return inner instanceof z.ZodArray
      ? t("list of {}").replace("{}", `[${path}](#${path.toLowerCase()})`)
      : `[${t("object")}](#${path.toLowerCase()})`;
  }
  if (inner instanceof z.ZodArray) {
    return t("list of {}").replace(
      "{}",
      typeText(`${path}[]`, inner.element as z.ZodType, remarks, t),
    );
  }
  if (inner instanceof z.ZodEnum) {
    return inner.options.map((value) => code(String(value))).join(", ");
  }
  if (inner instanceof z.ZodNumber) {
    return numberText(inner, t);
  }
  return t(inner instanceof z.ZodBoolean ? "boolean" : isObject(inner) ? "object" : "text");
}

const isObject = (type: z.ZodType): boolean => type instanceof z.ZodRecord;

function numberText({ minValue, maxValue }: z.ZodNumber, t: Translate): string {
  const [least, most] = [minValue, maxValue].map((bound) =>
    bound !== null && Number.isFinite(bound) && Math.abs(bound) < Number.MAX_SAFE_INTEGER
      ? bound
      : undefined,
  );
  return [
    t("number"),
    ...(least === undefined || least === 0 ? [] : [t("at least {}").replace("{}", String(least))]),
    ...(most === undefined ? [] : [t("at most {}").replace("{}", String(most))]),
  ].join(", ");
}

function defaultText(path: string, type: z.ZodType, remarks: Remarks, t: Translate): string {
  const own = remarks.defaults[path];
  if (own !== undefined) {
    return own.startsWith("`") ? own : t(own);
  }
  if (shapeOf(type) !== undefined) {
    return t("see below");
  }
  const result = type.safeParse(undefined);
  if (!result.success) {
    return t("required");
  }
  return result.data === undefined || result.data === ""
    ? t("none")
    : typeof result.data === "string"
      ? code(result.data)
      : code(JSON.stringify(result.data));
}

export const code = (text: string): string => `\`${text}\``;
