import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";

const FOLDER = join(__dirname, "../../../../apps/theater/src/gateway/page");
const read = (file: string): string => readFileSync(join(FOLDER, file), "utf8");
const load = <T>(file: string): Promise<T> =>
  import(pathToFileURL(join(FOLDER, file)).href) as Promise<T>;

interface Row {
  readonly cluster: string | undefined;
  readonly lights: readonly boolean[];
  readonly hits: number;
  readonly total: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}
interface Share {
  readonly LIGHTS: number;
  readonly MEASURED: number;
  readonly interval: (hits: number, total: number) => { low: number; high: number };
  readonly remember: (
    answers: readonly (string | undefined)[],
    cluster: string | undefined,
  ) => (string | undefined)[];
  readonly view: (answers: readonly (string | undefined)[]) => Row[];
}
interface Texts {
  readonly TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly seatsOf: (input: string) => unknown;
}

describe("the theater's page", () => {
  let share: Share;
  let texts: Texts;
  before(async () => {
    share = await load<Share>("share.mjs");
    texts = await load<Texts>("texts.mjs");
  });

  it("knows how sure a measured share is: Wilson's interval", () => {
    const { low, high } = share.interval(70, 100);
    assert.deepEqual([low.toFixed(1), high.toFixed(1)], ["60.4", "78.1"]);
    assert.deepEqual(share.interval(0, 0), { low: 0, high: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (total, some) => {
        const hits = Math.min(some, total);
        const found = share.interval(hits, total);
        const percent = (hits / total) * 100;
        assert(0 <= found.low && found.low <= percent + 1e-9);
        assert(percent - 1e-9 <= found.high && found.high <= 100);
      }),
    );
  });

  it("lights one light per answer, of the cluster that gave it, and forgets old answers", () => {
    const clusters = fc.constantFrom("ncloud", "nhn", undefined);
    fc.assert(
      fc.property(fc.array(clusters, { minLength: 1, maxLength: 150 }), (given) => {
        const kept = given.reduce<(string | undefined)[]>(
          (answers, cluster) => share.remember(answers, cluster),
          [],
        );
        assert.deepEqual(kept, given.slice(-share.MEASURED));
        const rows = share.view(kept);
        const shown = Math.min(kept.length, share.LIGHTS);
        for (let light = 0; light < shown; light++) {
          assert.deepEqual(
            rows.filter(({ lights }) => lights[light]).map(({ cluster }) => cluster),
            [kept.slice(-share.LIGHTS)[light]],
          );
        }
        assert.equal(
          rows.reduce((sum, { hits }) => sum + hits, 0),
          kept.length,
        );
      }),
    );
  });

  it("says everything in both languages, with the same gaps", () => {
    const { ko, en } = texts.TEXTS;
    assert(ko && en);
    assert.deepEqual(Object.keys(ko), Object.keys(en));
    const gaps = (text = ""): string[] => (text.match(/\{\d\}/g) ?? []).sort();
    for (const key of Object.keys(en)) {
      assert.deepEqual(gaps(ko[key]), gaps(en[key]), key);
    }
    const used = [...read("index.html").matchAll(/data-text="(\w+)"/g)].map(([, key]) => key);
    assert.deepEqual(
      used.filter((key) => !((key as string) in en)),
      [],
    );
  });

  it("names every element that its program looks for", () => {
    const html = read("index.html");
    for (const [, id] of read("page.js").matchAll(/byId\("([\w-]+)"\)/g)) {
      assert(html.includes(`id="${id}"`), id);
    }
    for (const [, suffix] of read("page.js").matchAll(/byId\(`\$\{service\}([\w-]*)`\)/g)) {
      for (const service of ["users", "movies", "bookings"]) {
        assert(html.includes(`id="${service}${suffix}"`), `${service}${suffix}`);
      }
    }
  });

  it("takes a number of seats, or their names", () => {
    assert.equal(texts.seatsOf(" 2 "), 2);
    assert.deepEqual(texts.seatsOf("a1, B2,"), ["A1", "B2"]);
  });
});
