/** Who gave an answer that went through this gateway. */
export interface Source {
  /** Nothing where nobody gave one. */
  readonly cluster: string | undefined;
  readonly pod: string | undefined;
}

export interface FlowView {
  readonly cluster: string | null;
  readonly pod: string | null;
  readonly answers: number;
}

/** How long an answer counts. */
const WINDOW_MILLISECONDS = 30_000;
/** No more answers than these count, however many there are. */
const MOST_ANSWERS = 500;

/** Where the last answers of one service came from. */
export class Flows {
  private readonly last: (Source & { readonly at: number })[] = [];
  private next = 0;

  record(source: Source, at = Date.now()): void {
    this.last[this.next] = { ...source, at };
    this.next = (this.next + 1) % MOST_ANSWERS;
  }

  /** Answers by who gave them, within the window. */
  view(now = Date.now()): FlowView[] {
    const counts = new Map<string, { source: Source; answers: number }>();
    for (const source of this.last) {
      if (now - source.at > WINDOW_MILLISECONDS) {
        continue;
      }
      const key = `${source.cluster ?? ""} ${source.pod ?? ""}`;
      const found = counts.get(key) ?? { source, answers: 0 };
      found.answers += 1;
      counts.set(key, found);
    }
    return [...counts]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { source, answers }]) => ({
        cluster: source.cluster ?? null,
        pod: source.pod ?? null,
        answers,
      }));
  }
}
