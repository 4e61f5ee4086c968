/** What a lab has only where it is asked for, because it takes its time. */
export interface Extras {
  /** cert-manager and an ACME server, for public hosts. */
  readonly https: boolean;
  /** The theater's services and its redis. */
  readonly theater: boolean;
}

export const NO_EXTRAS: Extras = { https: false, theater: false };
