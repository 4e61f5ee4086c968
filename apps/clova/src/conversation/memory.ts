/**
 * What we ask CEK to bring along with the session's next request. Nothing of it is kept here, so any
 * replica in any cluster can go on with any session.
 */
export interface Memory {
  /** Index of the tip that was told last. */
  readonly tip?: number;
  /** When we said so. Makes every request of a session another one, and tells how old it is. */
  readonly at?: Date;
}

/** As session attributes, JSON. */
export const toAttributes = ({ tip, at }: Memory): Record<string, unknown> => ({
  ...(tip !== undefined && { tip }),
  ...(at !== undefined && { at: at.toISOString() }),
});

/** What of the session attributes is ours; anything else is as good as nothing. */
export function fromAttributes(attributes: Readonly<Record<string, unknown>>): Memory {
  const { tip, at } = attributes;
  const date = typeof at === "string" ? new Date(at) : undefined;
  return {
    ...(typeof tip === "number" && Number.isInteger(tip) && { tip }),
    ...(date !== undefined && Number.isFinite(date.getTime()) && { at: date }),
  };
}
