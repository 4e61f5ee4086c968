import { Problem } from "@istio-multicloud/service-kit";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON object and where it stands in its message, for saying what is wrong with it. */
export class JsonObject {
  private constructor(
    readonly value: Json,
    private readonly name: string,
    private readonly parent?: JsonObject,
  ) {}

  /** @throws Problem 400 when `value` is no object */
  static of(value: unknown, name = "#", parent?: JsonObject): JsonObject {
    if (!isObject(value)) {
      throw wrong(parent?.at(name) ?? name, "must be an object");
    }
    return new JsonObject(value, name, parent);
  }

  /** @throws Problem 400 when the field is absent or no object */
  object(name: string): JsonObject {
    return JsonObject.of(this.value[name], name, this);
  }

  /** Absent and null are an empty object. @throws Problem 400 for anything else that is none */
  objectOrEmpty(name: string): JsonObject {
    return JsonObject.of(this.value[name] ?? {}, name, this);
  }

  /** @throws Problem 400 when the field is absent or no string */
  text(name: string): string {
    const value = this.value[name];
    if (typeof value !== "string") {
      throw wrong(this.at(name), "must be a string");
    }
    return value;
  }

  /** @throws Problem 400 when the field is absent or neither true nor false */
  flag(name: string): boolean {
    const value = this.value[name];
    if (typeof value !== "boolean") {
      throw wrong(this.at(name), "must be true or false");
    }
    return value;
  }

  /** @throws Problem 400 when the field is absent or none of `values` */
  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const value = values.find((candidate) => candidate === this.value[name]);
    if (value === undefined) {
      throw wrong(this.at(name), `must be one of ${values.join(", ")}`);
    }
    return value;
  }

  /** Put together only for what is wrong. */
  private at(name: string): string {
    return `${this.parent?.at(this.name) ?? this.name}/${name}`;
  }
}

const wrong = (pointer: string, detail: string): Problem =>
  new Problem(400, {
    detail: "The body is no message of the CLOVA Extensions Kit.",
    errors: [{ pointer, detail }],
  });
