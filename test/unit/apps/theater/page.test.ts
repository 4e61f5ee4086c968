import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { SCENARIO_NAMES } from "../../../../apps/theater/src/gateway/control/scenarios";
import { LIVE } from "../../../../apps/theater/src/gateway/live/live-schema";

/** A part of a JSON schema. */
interface Node {
  readonly enum?: readonly string[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
}

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
interface Answer {
  readonly cluster: string | undefined;
  readonly weighted: boolean;
}
interface Share {
  readonly LIGHTS: number;
  readonly MEASURED: number;
  readonly interval: (hits: number, total: number) => { low: number; high: number };
  readonly remember: (answers: readonly Answer[], answer: Answer) => Answer[];
  readonly outdated: (answers: readonly Answer[]) => Answer[];
  readonly view: (
    answers: readonly Answer[],
    shares?: Readonly<Record<string, number>>,
  ) => (Row & { readonly configured: number | undefined; readonly deviates: boolean })[];
}
interface Line {
  readonly service: string;
  readonly cluster: string;
  readonly thickness: number;
  readonly measured: number | undefined;
  readonly configured: number | undefined;
}
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface MeshMap {
  readonly layout: (
    snapshot: object,
    width: number,
  ) => {
    readonly height: number;
    readonly gateway: Box;
    readonly boxes: readonly Box[];
    readonly lines: readonly Line[];
  };
}
interface Texts {
  readonly TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly seatsOf: (input: string) => unknown;
}

describe("the theater's page", () => {
  let share: Share;
  let texts: Texts;
  let map: MeshMap;
  before(async () => {
    share = await load<Share>("share.mjs");
    texts = await load<Texts>("texts.mjs");
    map = await load<MeshMap>("map.mjs");
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
    const some = fc.array(fc.record({ cluster: clusters, weighted: fc.boolean() }), {
      minLength: 1,
      maxLength: 150,
    });
    fc.assert(
      fc.property(some, (given) => {
        const kept = given.reduce<Answer[]>(
          (answers, answer) => share.remember(answers, answer),
          [],
        );
        assert.deepEqual(kept, given.slice(-share.MEASURED));
        const rows = share.view(kept);
        const shown = Math.min(kept.length, share.LIGHTS);
        for (let light = 0; light < shown; light++) {
          assert.deepEqual(
            rows.filter(({ lights }) => lights[light]).map(({ cluster }) => cluster),
            [kept.slice(-share.LIGHTS)[light]?.cluster],
          );
        }
        assert.equal(
          rows.reduce((sum, { hits }) => sum + hits, 0),
          kept.filter(({ weighted }) => weighted).length,
        );
      }),
    );
  });

  const from = (cluster: string | undefined, count: number, weighted = true): Answer[] =>
    Array.from({ length: count }, () => ({ cluster, weighted }));

  it("measures shares by answers that the weights decided, and says where they fit them", () => {
    const shares = { ncloud: 70, nhn: 30 };
    const answers = [...from("ncloud", 65), ...from("nhn", 35), ...from("nhn", 50, false)];
    const [ncloud, nhn] = share.view(answers, shares);
    assert.deepEqual([ncloud?.total, ncloud?.share, ncloud?.configured], [100, 65, 70]);
    assert.deepEqual([nhn?.share, nhn?.deviates], [35, false]);
    const [, late] = share.view(from("nhn", 100), shares);
    assert.equal(late?.deviates, true);
    const [old] = share.view(share.outdated(answers), shares);
    assert.deepEqual([old?.total, old?.deviates], [0, false]);
  });

  it("shows a configured cluster that never answered, and nobody last", () => {
    const rows = share.view([...from("ncloud", 3), ...from(undefined, 1)], { nhn: 0, ncloud: 100 });
    assert.deepEqual(
      rows.map(({ cluster, hits, total }) => [cluster, hits, total]),
      [
        ["ncloud", 3, 3],
        ["nhn", 0, 3],
        [undefined, 1, 4],
      ],
    );
  });

  it("draws a map of any number of clusters within its width, lines as thick as their shares", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 1600 }),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
        (width, counts) => {
          const clusters = counts.map((_, index) => ({ name: `c${index}`, state: "reachable" }));
          const flows = counts.map((answers, index) => ({ cluster: `c${index}`, answers }));
          const service = { route: { state: "known", shares: { c0: 100 } }, flows };
          const services = { users: service, movies: service, bookings: { ...service, flows: [] } };
          const { height, gateway, boxes, lines } = map.layout({ clusters, services }, width);
          for (const box of [gateway, ...boxes]) {
            assert(box.x >= 0 && box.x + box.width <= width);
            assert(box.y >= 0 && box.y + box.height <= height);
          }
          assert(boxes.every(({ x }) => x > gateway.width));
          assert.equal(lines.length, 3 * counts.length);
          const total = counts.reduce((sum, count) => sum + count, 0);
          for (const line of lines) {
            const share = Number(line.cluster.slice(1));
            const expected =
              line.service === "bookings" || total === 0
                ? undefined
                : ((counts[share] ?? 0) / total) * 100;
            assert.equal(line.measured, expected);
            assert.equal(line.thickness > 0, (expected ?? 0) > 0);
          }
        },
      ),
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

  it("names every element, and has every text, that its programs look for", () => {
    const html = read("index.html");
    const programs = ["page.js", "mesh.mjs", "control.mjs"].map(read).join("\n");
    for (const [, id] of programs.matchAll(/byId\("([\w-]+)"\)/g)) {
      assert(html.includes(`id="${id}"`), id);
    }
    for (const [, suffix] of programs.matchAll(/byId\(`\$\{service\}([\w-]*)`\)/g)) {
      for (const service of ["users", "movies", "bookings"]) {
        assert(html.includes(`id="${service}${suffix}"`), `${service}${suffix}`);
      }
    }
    const known = Object.keys(texts.TEXTS["en"] ?? {});
    for (const [, key] of programs.matchAll(/say\(\s*"([\w-]+)"/g)) {
      assert(known.includes(key as string), key);
    }
    for (const [, prefix] of programs.matchAll(/say\(`([\w-]+-)\$/g)) {
      assert(
        known.some((key) => key.startsWith(prefix as string)),
        prefix,
      );
    }
    const { clusters, services } = LIVE.properties as unknown as Record<string, Node>;
    const state = clusters?.items?.properties?.["state"]?.enum ?? [];
    const pod = clusters?.items?.properties?.["pods"]?.items?.properties?.["state"]?.enum ?? [];
    const route =
      services?.properties?.["users"]?.properties?.["route"]?.properties?.["state"]?.enum ?? [];
    const needed = [
      ...state.flatMap((name) => [`cluster-${name}`, `short-${name}`]),
      ...pod.map((name) => `pod-${name}`),
      ...route.filter((name) => name !== "known").map((name) => `route-${name}`),
      ...["shares", ...SCENARIO_NAMES].map((name) => `change-${name}`),
      ...SCENARIO_NAMES.flatMap((name) => [`play-${name}`, `does-${name}`]),
    ];
    assert(needed.length > 25);
    assert.deepEqual(
      needed.filter((key) => !known.includes(key)),
      [],
    );
  });

  it("takes a number of seats, or their names", () => {
    assert.equal(texts.seatsOf(" 2 "), 2);
    assert.deepEqual(texts.seatsOf("a1, B2,"), ["A1", "B2"]);
  });
});
