/** So many at once, and so many a minute in the long run. */
export class TokenBucket {
  private tokens: number;
  private filled: number;

  constructor(
    private readonly size: number,
    now = Date.now(),
  ) {
    this.tokens = size;
    this.filled = now;
  }

  /** @returns whether there was one left */
  take(now = Date.now()): boolean {
    const more = ((now - this.filled) / 60_000) * this.size;
    this.tokens = Math.min(this.size, this.tokens + Math.max(0, more));
    this.filled = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }
}
