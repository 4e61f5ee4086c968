import { changed, type VirtualService } from "../../../../apps/theater/src/routing/change";
import { FAULTS } from "../../../../apps/theater/src/routing/faults";
import { withFault } from "../../../../apps/theater/src/routing/rules";
import { withShares, type LiveRoute } from "../../../../mesh/theater/live-route";
import assert from "node:assert/strict";
import { ApiException } from "@kubernetes/client-node";
import { virtualService } from "../../../../components/theater/traffic";
import { theaterConfig } from "../../../../config/theater";
import { theater as schema } from "../../../../config/theater-schema";
import type { KubeClient } from "../../../../kube/client";
import { disturb, putAllBack, reset, type Stage } from "../../../../mesh/scenario/disturb";
import { SCENARIOS } from "../../../../mesh/scenario/scenarios";

const NAMES = ["ncloud", "nhn"];
const CLUSTERS = { stays: "ncloud", other: "nhn" };

interface Stored {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: Record<string, unknown>;
}

/** A cluster that keeps objects, as far as scenarios touch them. */
class Cluster {
  readonly objects = new Map<string, Stored>();
  /** Calls that change something, after which the cluster no longer answers. */
  callsLeft = Infinity;

  readonly #key = ({ kind, metadata }: Stored): string => `${kind}/${metadata.name}`;

  put(object: Stored): void {
    this.objects.set(this.#key(object), structuredClone(object));
  }

  snapshot(): unknown {
    return structuredClone([...this.objects].sort());
  }

  #find(object: Stored): Stored {
    const found = this.objects.get(this.#key(object));
    if (found === undefined) {
      throw new ApiException(404, "not found", undefined, {});
    }
    return found;
  }

  #change(change: () => void): Promise<void> {
    if (this.callsLeft-- <= 0) {
      return Promise.reject(new Error("out of reach"));
    }
    change();
    return Promise.resolve();
  }

  client(): KubeClient {
    const objects = {
      read: (object: Stored) =>
        new Promise((resolve) => resolve(structuredClone(this.#find(object)))),
      replace: (object: Stored) => this.#change(() => this.put(object)),
      create: (object: Stored) => this.#change(() => this.put(object)),
      delete: (object: Stored) =>
        new Promise<void>((resolve) => {
          this.#find(object);
          this.objects.delete(this.#key(object));
          resolve();
        }),
      patch: (object: Stored) =>
        this.#change(() => {
          const found = this.#find(object);
          this.put({ ...found, spec: { ...found.spec, ...object.spec } });
        }),
    };
    return { objects } as unknown as KubeClient;
  }
}

const theaterOf = (name: string) =>
  theaterConfig(schema.parse({ enabled: true, replicas: 2 }), NAMES, name) ?? assert.fail();

const setUp = (): { clusters: Cluster[]; stages: Stage[] } => {
  const clusters = NAMES.map((name) => {
    const cluster = new Cluster();
    const { routes, services } = theaterOf(name);
    routes.forEach((route) => cluster.put(virtualService(route)));
    services.forEach(({ name: service }) =>
      cluster.put({
        kind: "Deployment",
        metadata: { name: service },
        spec: { replicas: 2, selector: { matchLabels: { app: service } } },
      }),
    );
    return cluster;
  });
  const stages = clusters.map((cluster, index) => {
    const name = NAMES[index] as string;
    return { cluster: name, client: cluster.client(), theater: theaterOf(name) };
  });
  return { clusters, stages };
};

const seen = (clusters: readonly Cluster[]): unknown => clusters.map((each) => each.snapshot());

describe("the theater after a scenario", () => {
  for (const { name, disturbance } of SCENARIOS) {
    it(`is as it was: ${name}`, async () => {
      const { clusters, stages } = setUp();
      const before = seen(clusters);
      const undone: (() => Promise<unknown>)[] = [];
      await disturb(stages, disturbance(CLUSTERS), (step) => undone.push(step));
      if (name !== "canary") {
        assert.notDeepEqual(seen(clusters), before, "it does something");
      }
      await putAllBack(undone);
      assert.deepEqual(seen(clusters), before);
    });

    it(`is as configured once reset, also where a run was killed: ${name}`, async () => {
      const { clusters, stages } = setUp();
      const before = seen(clusters);
      await disturb(stages, disturbance(CLUSTERS), () => undefined);
      const lines = await reset(stages);
      assert.equal(lines.length === 0, name === "canary");
      assert.deepEqual(seen(clusters), before);
      assert.deepEqual(await reset(stages), [], "nothing is left to do");
    });
  }

  it("is as it was where it got half way only", async () => {
    for (const { disturbance } of SCENARIOS) {
      for (let calls = 0; calls < 4; calls++) {
        const { clusters, stages } = setUp();
        const before = seen(clusters);
        const last = clusters[1] as Cluster;
        last.callsLeft = calls;
        const undone: (() => Promise<unknown>)[] = [];
        await disturb(stages, disturbance(CLUSTERS), (step) => undone.push(step)).catch(
          () => undefined,
        );
        last.callsLeft = Infinity;
        await putAllBack(undone);
        assert.deepEqual(seen(clusters), before);
      }
    }
  });

  it("is as it was but for what is out of reach, and the user hears of that", async () => {
    const { clusters, stages } = setUp();
    const undone: (() => Promise<unknown>)[] = [];
    const block = SCENARIOS.find(({ name }) => name === "block") ?? assert.fail();
    const before = seen(clusters);
    await disturb(stages, block.disturbance(CLUSTERS), (step) => undone.push(step));
    const last = clusters[1] as Cluster;
    last.callsLeft = 0;
    await assert.rejects(
      putAllBack(undone),
      /^Error: Not everything could be put back \(out of reach\): run npm run mesh -- scenario reset$|^UserError: Not everything/,
    );
    assert.deepEqual((seen(clusters) as unknown[])[0], (before as unknown[])[0]);
    last.callsLeft = Infinity;
    await reset(stages);
    assert.deepEqual(seen(clusters), before);
  });

  it("has another's changes still, where they are none of the scenario's", async () => {
    const { clusters, stages } = setUp();
    const undone: (() => Promise<unknown>)[] = [];
    const abort = SCENARIOS.find(({ name }) => name === "abort") ?? assert.fail();
    await disturb(stages, abort.disturbance(CLUSTERS), (step) => undone.push(step));
    const first = clusters[0] as Cluster;
    const route = first.objects.get("VirtualService/booking-service") ?? assert.fail();
    first.put({ ...route, metadata: { ...route.metadata, labels: { kept: "yes" } } } as Stored);
    await putAllBack(undone);
    const after = first.objects.get("VirtualService/booking-service") ?? assert.fail();
    assert.deepEqual((after.metadata as { labels?: unknown }).labels, { kept: "yes" });
    assert.doesNotMatch(JSON.stringify(after.spec), /httpStatus/);
  });

  it("is as configured also where the page had changed something for a while before", async () => {
    const { clusters, stages } = setUp();
    const before = seen(clusters);
    const first = clusters[0] as Cluster;
    const route = first.objects.get("VirtualService/movie-service") ?? assert.fail();
    const played = changed(route as unknown as VirtualService, "delay", new Date(), (rules) =>
      withFault(rules, FAULTS.delay),
    );
    for (const { disturbance } of SCENARIOS.filter(({ name }) => name === "delay")) {
      first.put(played as unknown as Stored);
      const undone: (() => Promise<unknown>)[] = [];
      await disturb(stages, disturbance(CLUSTERS), (step) => undone.push(step));
      await putAllBack(undone);
      assert.deepEqual(seen(clusters), before);
    }
    first.put(played as unknown as Stored);
    await reset(stages);
    assert.deepEqual(seen(clusters), before);
    const shared = withShares(played as unknown as LiveRoute, { ncloud: 1, nhn: 99 });
    assert.doesNotMatch(JSON.stringify(shared), /fixedDelay|theater\.istio-multicloud/);
  });
});
