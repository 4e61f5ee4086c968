/**
 * Does the same kind of work for all requests that came in one turn of the event loop, at its end
 * and one after the other. Done within each request, the work pushes the code of all else out of the
 * processor's caches, and all else the work's: of verifications, with 20 requests at a time, that
 * makes the difference between 120 and 75 µs of processor time for a request.
 */
export class Batch {
  private works: (() => void)[] = [];

  /** What `work` returns, once all of this turn is done; nobody else hears of what it throws. */
  do<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (this.works.length === 0) {
        setImmediate(() => this.doAll());
      }
      // The inner promise is rejected with what the work throws.
      this.works.push(() => resolve(new Promise((settle) => settle(work()))));
    });
  }

  private doAll(): void {
    const works = this.works;
    this.works = [];
    works.forEach((work) => work());
  }
}
