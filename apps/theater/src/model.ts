/** Seats of a showing, in the order in which they are given away: row by row, from the screen. */
export const HALL: readonly string[] = [..."ABCDEFGHIJKLMNOPQRST"].flatMap((row) =>
  Array.from({ length: 20 }, (_, index) => `${row}${index + 1}`),
);

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A movie has one showing, in a hall of its own. */
export interface Movie {
  readonly id: string;
  readonly title: string;
  readonly genre: string;
  readonly year: number;
  readonly director?: string;
}

export interface Booking {
  readonly id: string;
  readonly userId: string;
  readonly movieId: string;
  readonly seats: readonly string[];
}

/** What the theater keeps, by the name that its redis keys begin with. */
export interface Items {
  readonly user: User;
  readonly movie: Movie;
  readonly booking: Booking;
}

export type Kind = keyof Items;
