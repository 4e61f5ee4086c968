/** What is wrong with an environment variable, in one sentence, for whoever deploys the service. */
export class SettingsError extends Error {}

/** Environment variables with types; an empty variable counts as absent. */
export class Environment {
  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  /** @throws SettingsError when the variable is absent and there is no fallback */
  text(name: string, fallback?: string): string {
    const value = this.variables[name] || fallback;
    if (value === undefined) {
      throw new SettingsError(`${name} is not set: the service can't do without it.`);
    }
    return value;
  }

  /** Absent is a value of its own. */
  optional(name: string): string | undefined {
    return this.variables[name] || undefined;
  }

  /** @throws SettingsError when the variable is no whole number from `min` to `max` */
  integer(name: string, range: { min: number; max: number; fallback: number }): number {
    const text = this.text(name, String(range.fallback));
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (!(value >= range.min && value <= range.max)) {
      throw new SettingsError(
        `${name} is "${text}": write a whole number from ${range.min} to ${range.max}.`,
      );
    }
    return value;
  }

  /** @throws SettingsError when the variable is none of `values` */
  oneOf<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const text = this.text(name, fallback);
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) {
      throw new SettingsError(`${name} is "${text}": write one of ${values.join(", ")}.`);
    }
    return value;
  }

  /**
   * @param protocols allowed ones, as `http:`
   * @throws SettingsError when the variable is no absolute URL with one of them
   */
  url(name: string, protocols: readonly string[], fallback?: string): URL {
    const text = this.text(name, fallback);
    const value = URL.canParse(text) ? new URL(text) : undefined;
    if (value === undefined || !protocols.includes(value.protocol)) {
      // Not the value itself: URLs may hold passwords.
      throw new SettingsError(`${name} is no URL that begins with ${protocols.join("// or ")}//.`);
    }
    return value;
  }
}
