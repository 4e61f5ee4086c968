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

/** As session attributes, moments in milliseconds; JSON leaves out what is undefined. */
export const toAttributes = ({ tip, at }: Memory): Record<string, unknown> => ({
  tip,
  at: at?.getTime(),
});

/** What of the session attributes is ours; anything else is as good as nothing. */
export function fromAttributes({ tip, at }: Readonly<Record<string, unknown>>): Memory {
  const memory: { tip?: number; at?: Date } = {};
  if (typeof tip === "number" && Number.isInteger(tip)) {
    memory.tip = tip;
  }
  const date = typeof at === "number" ? new Date(at) : undefined;
  if (date !== undefined && Number.isFinite(date.getTime())) {
    memory.at = date;
  }
  return memory;
}
