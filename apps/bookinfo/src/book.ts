/** The one book, as the sample has it. */
export const BOOK = {
  id: 0,
  title: "The Comedy of Errors",
  descriptionHtml:
    '<a href="https://en.wikipedia.org/wiki/The_Comedy_of_Errors">Wikipedia Summary</a>: The Comedy of Errors is one of <b>William Shakespeare\'s</b> early plays.',
} as const;

export interface Details {
  readonly author: string;
  readonly year: number;
  readonly publisher: string;
  readonly pages: number;
  readonly "ISBN-13": string;
}

export interface Rating {
  readonly stars?: number;
  readonly color?: string;
  readonly error?: string;
}

export interface Reviews {
  readonly id: string;
  readonly podname: string;
  readonly clustername: string;
  readonly reviews: readonly {
    readonly reviewer: string;
    readonly text: string;
    readonly rating?: Rating;
  }[];
}

/** What another part answered, or that it didn't. */
export type Fetched<T> =
  | { readonly status: 200; readonly body: T }
  | { readonly status: number; readonly body: { readonly error: string } };

/** A book's number in a path; undefined for anything else. */
export const bookId = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined;
