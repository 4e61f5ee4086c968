/** One file of a bundle before anything is taken out of it. */
export interface Entry {
  /** Path in the archive, e.g. `clusters/ncloud/logs/istio-system/istiod-1/discovery.log`. */
  readonly path: string;
  /** A text, or a value that becomes JSON. */
  readonly content: unknown;
}

/** What a helper would look for, and why it isn't there. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** Takes what is collected. */
export interface Sink {
  add(path: string, content: unknown): void;
  leaveOut(what: string, why: string): void;
}

/** Names as parts of paths: nothing of a name leads elsewhere. */
export const pathOf = (...parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll(/[^\w.@:-]+/g, "_").replace(/^\.+$/, "_")).join("/");
