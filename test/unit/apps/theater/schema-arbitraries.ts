import fc from "fast-check";

/** The part of JSON Schema that the theater's OpenAPI document uses. */
export interface Schema {
  readonly type: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Values that a schema takes. */
export function valid(schema: Schema): fc.Arbitrary<unknown> {
  const types = [schema.type].flat();
  return fc.oneof(...types.map((type) => validOf(type, schema)));
}

function validOf(type: string, schema: Schema): fc.Arbitrary<unknown> {
  switch (type) {
    case "integer":
      return fc.integer({ min: schema.minimum, max: schema.maximum });
    case "string":
      return validText(schema);
    case "array":
      return fc.uniqueArray(valid(schema.items ?? fail("an array without items")), {
        minLength: schema.minItems,
        maxLength: schema.maxItems,
      });
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, one]) => [name, valid(one)]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    default:
      return fail(`type ${type}`);
  }
}

function validText({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === "email") {
    return fc.emailAddress({ size: "small" });
  }
  if (pattern === undefined) {
    return fc.string();
  }
  if (!pattern.includes("\\p{")) {
    return fc.stringMatching(new RegExp(pattern));
  }
  // fast-check can't turn Unicode classes into text.
  const matches = new RegExp(pattern, "u");
  return fc
    .string({ unit: "grapheme", minLength, maxLength, size: "small" })
    .filter((text) => matches.test(text) && text.length <= (maxLength ?? Infinity));
}

/** Bodies that an object's schema refuses, of every sort that people and programs send. */
export function invalidObject(schema: Schema): fc.Arbitrary<unknown> {
  const properties = schema.properties ?? fail("an object without properties");
  const someValid = valid(schema) as fc.Arbitrary<Record<string, unknown>>;
  const name = fc.constantFrom(...Object.keys(properties));
  return fc.oneof(
    fc.jsonValue().filter((value) => !isObject(value)),
    fc
      .tuple(someValid, fc.constantFrom(...(schema.required ?? [])))
      .map(([body, lacking]) => without(body, lacking)),
    fc
      .tuple(someValid, fc.string(), fc.jsonValue())
      .filter(([, unknown]) => !(unknown in properties) && unknown !== "__proto__")
      .map(([body, unknown, value]) => ({ ...body, [unknown]: value })),
    fc
      .tuple(someValid, name)
      .chain(([body, wrong]) =>
        invalid(properties[wrong] ?? fail(wrong)).map((value) => ({ ...body, [wrong]: value })),
      ),
  );
}

/** Values that a field's schema refuses. */
function invalid(schema: Schema): fc.Arbitrary<unknown> {
  const types = [schema.type].flat();
  const { minimum = 0, maximum = 0, maxItems = 0, maxLength } = schema;
  return fc.oneof(
    fc.constantFrom<unknown>(true, {}, null, 0.5),
    ...(types.includes("integer")
      ? [fc.integer({ max: minimum - 1 }), fc.integer({ min: maximum + 1 })]
      : [fc.integer()]),
    ...(types.includes("string")
      ? [fc.constantFrom("", " ", "\u0000", "\ud800", "x".repeat((maxLength ?? 64) + 1))]
      : [fc.string()]),
    ...(types.includes("array")
      ? [
          fc.constant([]),
          fc.array(fc.constantFrom("A1", "B2"), { minLength: maxItems + 1, maxLength: 20 }),
          fc.array(invalid(schema.items ?? fail("an array without items")), { minLength: 1 }),
        ]
      : [fc.array(fc.jsonValue())]),
  );
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const without = (body: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

function fail(what: string): never {
  throw new Error(`The OpenAPI document has ${what}, for which there are no values here`);
}
