/** What a lab has only where it is asked for, because it takes minutes to build. */
export interface Extras {
  /** cert-manager and an ACME server, for public hosts. */
  readonly https: boolean;
}

export const NO_EXTRAS: Extras = { https: false };
