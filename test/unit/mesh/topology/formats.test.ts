import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../../config/errors";
import { chooseFormat } from "../../../../mesh/commands/topology";
import { percents } from "../../../../mesh/topology/describe";
import { FORMATS, formatOf } from "../../../../mesh/topology/formats";
import { png } from "../../../../mesh/topology/formats/png";
import { placeCards } from "../../../../mesh/topology/formats/layout";
import { escapeXml, fit, textWidth } from "../../../../mesh/topology/formats/svg-text";
import { clusterNames } from "../../../support/config";
import { sampleTopology } from "../../../support/topologies";
import { anyCharacter } from "../../../support/characters";

/** Every element of an SVG that is closed where it should be, or the tag that isn't. */
function wellFormed(text: string): string {
  const open: string[] = [];
  for (const [, end, name, , self] of text.matchAll(/<(\/?)([\w]+)((?:"[^"]*"|[^">])*?)(\/?)>/g)) {
    if (end === "/") {
      const last = open.pop();
      if (last !== name) {
        return `${last} closed by ${name}`;
      }
    } else if (self !== "/") {
      open.push(name as string);
    }
  }
  return open.join();
}

describe("the picture as SVG", () => {
  for (const count of [1, 2, 3, 4, 7, 10]) {
    it(`names every cluster of ${count}, draws every direction, and stays within its page`, async () => {
      const ids = clusterNames(count);
      const text = await FORMATS.svg(sampleTopology(ids));
      assert.equal(wellFormed(text), "");
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text) ?? [];
      for (const [, x, y] of text.matchAll(/<(?:text|rect)[^>]* x="([\d.-]+)" y="([\d.-]+)"/g)) {
        assert(Number(x) >= 0 && Number(x) <= Number(width), x);
        assert(Number(y) >= 0 && Number(y) <= Number(height), y);
      }
      for (const id of ids) {
        assert(text.includes(`>${id}</text>`), id);
      }
      assert.equal([...text.matchAll(/<g><title>/g)].length, count * (count - 1));
    });
  }

  it("says in words what its colours say, and follows the reader's appearance", async () => {
    const text = await FORMATS.svg(sampleTopology(["ncloud", "nhn"], "error"));
    assert.match(text, /role="img" aria-labelledby="mt-title mt-desc"/);
    assert.match(text, /<title id="mt-title">Mesh mesh1: 2 clusters, 1 of 2 directions in order/);
    assert.match(text, /<desc id="mt-desc">ncloud to nhn is broken: 100 requests/);
    assert.match(text, />broken<\/text>/);
    assert.match(text, /ncloud → nhn: 198.51.100.2 doesn&#39;t answer/);
    assert.match(text, /@media \(prefers-color-scheme: dark\)/);
    assert.doesNotMatch(text, /<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@font-face|<image/);
  });

  it("shows an empty mesh as one", async () => {
    assert.match(await FORMATS.svg(sampleTopology([])), /No service could be seen/);
  });

  it("keeps every text a text, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (content) => {
        const escaped = escapeXml(content);
        assert.doesNotMatch(escaped, /[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
        assert(!escaped.includes("\u0000") && !escaped.includes("\u001b"));
      }),
    );
  });

  it("cuts texts to their room, and never the short ones", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 20, max: 400 }), (text, room) => {
        const shown = fit(text, 12, room);
        assert(textWidth(shown, 12) <= room || shown === "…");
        assert(shown === text || shown.endsWith("…"));
      }),
    );
  });
});

describe("placeCards", () => {
  it("lets no two cards of up to thirty touch, nor leave the page", () => {
    for (let count = 0; count <= 30; count++) {
      const { cards, height } = placeCards(count, 936, { width: 186, height: 112 });
      assert.equal(cards.length, count);
      cards.forEach((one, index) => {
        assert(one.x >= 0 && one.x + one.width <= 936.001 && one.y >= 0);
        assert(one.y + one.height <= height + 0.001);
        for (const other of cards.slice(index + 1)) {
          const apart =
            Math.abs(one.x - other.x) >= one.width || Math.abs(one.y - other.y) >= one.height;
          assert(apart, `${count} cards`);
        }
      });
    }
  });
});

describe("percents", () => {
  it("are whole, near the share, and add up to 100", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 10 }),
        (counts) => {
          const all = counts.reduce((sum, one) => sum + one);
          const shares = Object.fromEntries(counts.map((one, index) => [`c${index}`, one / all]));
          const whole = percents(shares);
          assert.equal(
            Object.values(whole).reduce((sum, one) => sum + one),
            100,
          );
          for (const [id, share] of Object.entries(shares)) {
            assert(Math.abs((whole[id] ?? 0) - share * 100) <= 1 + 1e-9);
          }
        },
      ),
    );
    assert.deepEqual(percents({}), {});
  });
});

describe("the picture as Mermaid", () => {
  it("has a box per cluster and a styled arrow per direction", async () => {
    const text = await FORMATS.mermaid(sampleTopology(["ncloud", "nhn"], "warning"));
    assert.match(text, /^flowchart LR\n/);
    assert.match(text, /subgraph c0\["✔ ncloud<br\/>/);
    assert.match(text, /c0 -- "! 100 requests" --> c1g\n/);
    assert.match(text, /linkStyle 0 stroke:#8a5a00|linkStyle 0 stroke:#9a6700/);
    assert.match(text, /echo\.echo:8080<br\/>answers 50 %/);
  });

  it("lets no text out of its quotes", async () => {
    const sample = sampleTopology(["a"]);
    const text = await FORMATS.mermaid({
      ...sample,
      clusters: sample.clusters.map((one) => ({ ...one, cloud: 'x"]; click\nb' })),
    });
    assert.match(text, /\["✔ a<br\/>x#34;#93;#59; click b"\]/);
  });
});

describe("the picture as PNG", () => {
  it("is one, twice as large as the SVG", async () => {
    const topology = sampleTopology(["ncloud", "nhn"]);
    const [image, text] = [await FORMATS.png(topology), await FORMATS.svg(topology)];
    assert.equal(image.subarray(1, 4).toString(), "PNG");
    const height = /viewBox="0 0 1000 (\d+)"/.exec(text)?.[1];
    assert.deepEqual([image.readUInt32BE(16), image.readUInt32BE(20)], [2000, 2 * Number(height)]);
    const unwritten = await png(text.replaceAll(/<text[\s\S]*?<\/text>/g, ""));
    assert(image.length > 2 * unwritten.length, "its texts are in it, whatever fonts there are");
  });
});

describe("chooseFormat", () => {
  it("goes by --format, then by the file's name, then SVG", () => {
    assert.equal(chooseFormat("png", "a.svg", false), "png");
    assert.equal(chooseFormat(undefined, "a.MMD", false), "mermaid");
    assert.equal(chooseFormat(undefined, undefined, false), "svg");
    assert.equal(chooseFormat(undefined, undefined, true), "json");
    assert.equal(formatOf("picture"), undefined);
  });

  it("refuses what contradicts itself with one sentence", () => {
    assert.throws(
      () => chooseFormat(undefined, "picture.bmp", false),
      isSentence(/doesn't say what/),
    );
    assert.throws(() => chooseFormat("svg", undefined, true), isSentence(/--json prints/));
  });
});

const isSentence =
  (pattern: RegExp) =>
  (error: unknown): boolean =>
    error instanceof UserError && error.exitCode === 2 && pattern.test(error.message);
