import assert from "node:assert/strict";
import fc from "fast-check";
import type { Part, PartId } from "../../../../lab/build/part";
import { makeParts, planBuild, predecessors } from "../../../../lab/build/plan";
import { parts } from "../../../../lab/build/parts";

const part = (id: PartId, over: Partial<Part> = {}): Part => ({
  id,
  title: id,
  detail: id,
  expectedSeconds: 10,
  diskMebibytes: 100,
  needs: [],
  after: [],
  isCached: () => Promise.resolve(false),
  make: () => Promise.resolve(),
  ...over,
});

const ids = (list: readonly Part[]): PartId[] => list.map(({ id }) => id);

describe("build plan", () => {
  const debian = part("debian-packages", { after: ["host-packages"] });
  const kubernetes = part("kubernetes-binaries", { expectedSeconds: 300 });
  const istio = part("istio-binaries", { expectedSeconds: 200, after: ["kubernetes-binaries"] });
  const images = part("images", { needs: ["debian-packages", "istio-binaries"] });
  const all = [part("host-packages"), debian, kubernetes, istio, images];

  it("has nothing to make, and takes no time, when everything is cached", () => {
    const plan = planBuild(all, new Set(ids(all)));
    assert.deepEqual(plan.missing, []);
    assert.equal(plan.expectedSeconds, 0);
    assert.equal(plan.diskMebibytes, 0);
  });

  it("makes again what is made from a missing part, but not what merely comes after one", () => {
    const plan = planBuild(all, new Set<PartId>(["host-packages", "istio-binaries", "images"]));
    assert.deepEqual(ids(plan.missing), ["debian-packages", "kubernetes-binaries", "images"]);
    assert.deepEqual(ids(plan.cached), ["host-packages", "istio-binaries"]);
  });

  it("expects the time of the longest chain, with the rest overlapping it", () => {
    assert.equal(planBuild(all, new Set()).expectedSeconds, 300 + 200 + 10);
    assert.equal(planBuild(all, new Set<PartId>(["kubernetes-binaries"])).expectedSeconds, 210);
  });

  it("adds the disk space up", () => {
    assert.equal(planBuild(all, new Set()).diskMebibytes, 500);
  });
});

describe("parts of the lab", () => {
  const all = parts(new Set(["https", "observability"]));

  it("come each once and after those that they need and follow", () => {
    assert.equal(new Set(ids(all)).size, all.length);
    all.forEach((each, at) => {
      const earlier = new Set(ids(all.slice(0, at)));
      assert.deepEqual(
        predecessors(each).filter((id) => !earlier.has(id)),
        [],
        each.id,
      );
    });
  });

  it("include what takes minutes to build only where it is asked for", () => {
    const without = ids(parts());
    assert.deepEqual(
      ids(all).filter((id) => !without.includes(id)),
      [
        "cert-manager-modules",
        "prometheus-modules",
        "jaeger-modules",
        "cert-manager-binaries",
        "prometheus-binaries",
        "jaeger-binaries",
      ],
    );
    assert(parts().every(({ needs }) => needs.every((id) => without.includes(id))));
  });

  it("never build two Go modules, nor ask apt for two things, at the same time", () => {
    const follows = (later: PartId, earlier: PartId): boolean =>
      all.some(({ id, after }) => id === later && after.includes(earlier));
    assert.ok(follows("istio-binaries", "kubernetes-binaries"));
    assert.ok(follows("cert-manager-binaries", "istio-binaries"));
    assert.ok(follows("debian-packages", "host-packages"));
  });

  it("make again, whatever is cached, all that depends on a missing part", () => {
    fc.assert(
      fc.property(fc.subarray(ids(all)), (cached) => {
        const plan = planBuild(all, new Set(cached));
        const missing = new Set(ids(plan.missing));
        for (const each of all) {
          const expected = !cached.includes(each.id) || each.needs.some((id) => missing.has(id));
          assert.equal(missing.has(each.id), expected, each.id);
        }
      }),
    );
  });

  it("promise a cold build within 12 minutes and 12 GB", () => {
    const plan = planBuild(parts(), new Set());
    assert.ok(plan.expectedSeconds <= 12 * 60);
    assert.ok(plan.diskMebibytes <= (12 * 10 ** 9) / 2 ** 20);
  });
});

describe("making parts", () => {
  const never = new AbortController().signal;

  it("starts a part only when those before it are done", async () => {
    const log: string[] = [];
    const slow = part("kubernetes-binaries", {
      make: async (progress) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        progress("half");
      },
    });
    const waiting = part("istio-binaries", { after: ["kubernetes-binaries", "envoy"] });
    await makeParts(
      [slow, waiting],
      {
        started: ({ id }) => log.push(`start ${id}`),
        progress: ({ id }, line) => log.push(`${id}: ${line}`),
        done: ({ id }) => log.push(`done ${id}`),
      },
      never,
    );
    assert.deepEqual(log, [
      "start kubernetes-binaries",
      "kubernetes-binaries: half",
      "done kubernetes-binaries",
      "start istio-binaries",
      "done istio-binaries",
    ]);
  });

  it("reports the first failure after stopping everything else", async () => {
    let stopped = false;
    const long = part("envoy", {
      make: (_progress, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            stopped = true;
            reject(new Error("stopped"));
          });
        }),
    });
    const failing = part("debian-packages", {
      make: () => Promise.reject(new Error("no such package")),
    });
    const dependent = part("images", {
      needs: ["envoy"],
      make: () => Promise.resolve(assert.fail("made without what it needs")),
    });
    await assert.rejects(makeParts([long, failing, dependent], {}, never), /no such package/);
    assert.equal(stopped, true);
  });

  it("starts nothing once the user has interrupted", async () => {
    const make = (): Promise<void> => Promise.resolve(assert.fail("started"));
    const interrupted = AbortSignal.abort(new Error("interrupted"));
    await assert.rejects(makeParts([part("envoy", { make })], {}, interrupted), /interrupted/);
  });
});
