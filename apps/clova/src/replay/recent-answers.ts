export interface RecentAnswersOptions {
  /** How long an answer is remembered, milliseconds; 0 remembers none. */
  readonly milliseconds: number;
  /** The oldest goes first when there are more. */
  readonly most: number;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

interface Remembered<T> {
  readonly answer: Promise<T>;
  readonly until: number;
}

/**
 * Answers to requests that may come again: from a proxy that saw the connection break, or from
 * somebody who recorded them. Both get the first answer once more, and nothing is done twice.
 */
export class RecentAnswers<T> {
  /** In the order in which they are forgotten. */
  private readonly remembered = new Map<string, Remembered<T>>();

  constructor(private readonly options: RecentAnswersOptions) {}

  /** @param identity of the request; without one, or when `make` fails, nothing is remembered */
  once(identity: string | undefined, make: () => Promise<T>): Promise<T> {
    if (identity === undefined || this.options.milliseconds === 0) {
      return make();
    }
    this.forget();
    const known = this.remembered.get(identity);
    if (known !== undefined) {
      return known.answer;
    }
    const answer = make();
    this.remembered.set(identity, {
      answer,
      until: this.options.now() + this.options.milliseconds,
    });
    answer.catch(() => this.remembered.delete(identity));
    return answer;
  }

  get size(): number {
    return this.remembered.size;
  }

  private forget(): void {
    const now = this.options.now();
    for (const [identity, { until }] of this.remembered) {
      if (until > now && this.remembered.size < this.options.most) {
        return;
      }
      this.remembered.delete(identity);
    }
  }
}
