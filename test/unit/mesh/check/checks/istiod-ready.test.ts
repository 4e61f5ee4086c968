import assert from "node:assert/strict";
import { judgeIstiods } from "../../../../../mesh/check/checks/istiod-ready";
import type { Pod, Workload } from "../../../../../mesh/check/facts";
import { said } from "../../../../support/preflight";

const now = new Date("2026-11-21T12:00:00Z");
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const istiod = (over: Partial<Workload> = {}): Workload => ({
  name: "istiod",
  wanted: 2,
  available: 2,
  image: "docker.io/istio/pilot:1.31.1",
  env: {},
  selector: { app: "istiod" },
  ...over,
});

const pod = (over: Partial<Pod> = {}): Pod => ({
  name: "istiod-1",
  labels: { app: "istiod" },
  isReady: true,
  containers: [{ name: "discovery", restarts: 0 }],
  ...over,
});

describe("check: istiod-ready", () => {
  const cases: [string, Workload[], Pod[], string[]][] = [
    ["none", [], [], ["error: There is no istiod."]],
    ["all of it", [istiod()], [pod()], ["ok: istiod runs (2 of 2)."]],
    ["scaled to 0", [istiod({ wanted: 0, available: 0 })], [], ["error: istiod is scaled to 0."]],
    [
      "one of two",
      [istiod({ available: 1 })],
      [pod(), pod({ name: "istiod-2", isReady: false, trouble: "0/1 nodes are available" })],
      ["warning: 1 of 2 replicas of istiod is ready: istiod-2 (0/1 nodes are available)."],
    ],
    [
      "one that crashes",
      [istiod({ wanted: 1, available: 0 })],
      [
        pod({
          isReady: false,
          containers: [
            {
              name: "discovery",
              restarts: 3,
              waiting: "CrashLoopBackOff",
              lastEnd: { reason: "Error", at: ago(2) },
            },
          ],
        }),
      ],
      [
        "error: 0 of 1 replica of istiod are ready: istiod-1 (discovery CrashLoopBackOff).",
        "warning: istiod-1 was restarted 3 times, last at 2026-11-21T11:58:00.000Z: Error.",
      ],
    ],
    [
      "restarted long ago",
      [istiod()],
      [
        pod({
          containers: [
            { name: "discovery", restarts: 1, lastEnd: { reason: "OOMKilled", at: ago(61) } },
          ],
        }),
      ],
      ["ok: istiod runs (2 of 2)."],
    ],
    [
      "two revisions, one away",
      [istiod(), istiod({ name: "istiod-canary", wanted: 1, available: 0 })],
      [],
      ["ok: istiod runs (2 of 2).", "error: 0 of 1 replica of istiod-canary are ready."],
    ],
  ];
  for (const [what, istiods, pods, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeIstiods(istiods, pods, { now })), expected));
  }
});
