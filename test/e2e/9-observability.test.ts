import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { ECHO } from "../../components/echo/constants";
import { alertRules, wholeMeshAlertRules } from "../../components/observability/alert-rules";
import {
  OBSERVABILITY,
  OBSERVABILITY_PORTS,
  prometheusUrl,
} from "../../components/observability/constants";
import { MESH_HEALTH } from "../../components/observability/mesh-health";
import { execInPod, findPod } from "../../kube/pod-exec";
import { getFromPod } from "../../kube/port-forward";
import { callEcho } from "../../mesh/check/traffic/send";
import type { FindingsReport } from "../../mesh/findings-text";
import { PrometheusApi } from "../../mesh/metrics/prometheus";
import type { Topology } from "../../mesh/topology/model";
import { clientOf, object, removed, scaled, SYSTEM, withoutLoadBalancer } from "./faults";
import { ask, gatewayHost } from "./http";
import { lab, mesh, up } from "./support";

const { namespace } = OBSERVABILITY;
const WHOLE = "ncloud";
const PEER = "nhn";
const CLUSTERS = [WHOLE, PEER] as const;
const SECONDS = 120;

/** Name of a ready pod. */
async function podOf(cluster: string, of: string, labels: string): Promise<string> {
  const pod = await findPod(await clientOf(cluster), of, labels);
  return pod?.metadata?.name ?? assert.fail(`${labels} of ${cluster} has no ready pod`);
}

const prometheusOf = async (cluster: string): Promise<PrometheusApi> =>
  new PrometheusApi(
    await clientOf(cluster),
    await podOf(cluster, namespace, `app.kubernetes.io/name=${OBSERVABILITY.prometheus}`),
    AbortSignal.timeout(10_000),
  );

/** Looks until it is so, and fails with the last reason. */
async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const end = performance.now() + SECONDS * 1000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > end) {
        throw error;
      }
      await sleep(1000);
    }
  }
}

const request = async (cluster: string, count: number): Promise<void> => {
  const answers = await callEcho(
    await clientOf(cluster),
    await podOf(cluster, ECHO.namespace, `app=${ECHO.name}`),
    count,
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
};

const firing = async (cluster: string): Promise<string[]> =>
  (await (await prometheusOf(cluster)).alerts())
    .filter(({ state }) => state === "firing")
    .map(({ name }) => name);

/** Tells with which status a call from an echo pod, through its sidecar, ends. */
async function statusFromEcho(cluster: string, url: string): Promise<string> {
  const output = await execInPod(
    await clientOf(cluster),
    {
      namespace: ECHO.namespace,
      pod: await podOf(cluster, ECHO.namespace, `app=${ECHO.name}`),
      container: ECHO.name,
    },
    ["/usr/local/bin/node", "-e", `fetch("${url}").then(({ status }) => console.log(status))`],
  );
  return output.trim();
}

describe("observability", () => {
  before(async () => {
    await lab("down");
    await up("--with", "observability");
  });
  after(() => lab("down"));

  it("gets metrics from everything that it asks, under STRICT mTLS", async () => {
    for (const cluster of CLUSTERS) {
      await eventually(async () => {
        const targets = await (await prometheusOf(cluster)).targets();
        assert.deepEqual(
          targets.filter(({ trouble }) => trouble !== undefined),
          [],
        );
        const jobs = new Set(targets.map(({ job }) => job));
        const expected = ["prometheus", "istiod", "pods", "kube-state-metrics"];
        assert.deepEqual(
          [...expected, ...(cluster === WHOLE ? ["peers"] : [])].filter((job) => !jobs.has(job)),
          [],
        );
      });
    }
  });

  it("can evaluate every rule", async () => {
    for (const cluster of CLUSTERS) {
      const rules = await (await prometheusOf(cluster)).rules();
      assert(rules.length > 15);
      assert.deepEqual(
        rules.filter(({ trouble }) => trouble !== ""),
        [],
      );
    }
  });

  it("has series of both clusters for every query of the dashboard, after requests", async () => {
    const panels = MESH_HEALTH.filter(({ needs }) => needs !== "weights");
    await eventually(async () => {
      await Promise.all(CLUSTERS.map((cluster) => request(cluster, 40)));
      const prometheus = await prometheusOf(WHOLE);
      for (const { title, targets } of panels) {
        for (const { expr } of targets) {
          const series = await prometheus.query(expr);
          const named = new Set(
            series
              .filter(({ value }) => !Number.isNaN(value))
              .map(({ labels }) => labels["source_cluster"] ?? labels["cluster"]),
          );
          assert.deepEqual([...named].sort(), [...CLUSTERS].sort(), `${title}: ${expr}`);
        }
      }
    });
  });

  it("understands what the theater's shares and the alerts ask, also where nothing answers", async () => {
    const alerts = { forSeconds: 0, certificateDays: 30, errorPercent: 5 };
    const prometheus = await prometheusOf(WHOLE);
    const expressions = [
      ...MESH_HEALTH.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...[
        ...alertRules({ cluster: WHOLE, peers: [PEER], alerts }),
        ...wholeMeshAlertRules(alerts),
      ].map(({ expr }) => expr),
    ];
    for (const expr of expressions) {
      await prometheus.query(expr);
    }
    // Turned round, what alerts compare is there: they are silent because all is well.
    for (const { alert, expr } of alertRules({ cluster: WHOLE, peers: [PEER], alerts })) {
      if (alert !== "MeshWeightsDiffer") {
        const [measured = ""] = expr.split(/ (?:==|<|>) [\d.]+$/);
        assert((await prometheus.query(measured)).length > 0, `${alert}: ${measured}`);
      }
    }
    await eventually(async () => assert.deepEqual(await firing(WHOLE), []));
  });

  it("counts requests as they were sent", async () => {
    const count = async (): Promise<number> => {
      const [sum] = await (
        await prometheusOf(WHOLE)
      ).query(
        `sum(istio_requests_total{cluster="${WHOLE}", source_cluster="${WHOLE}", destination_service=~"echo\\\\..*"})`,
      );
      return sum?.value ?? 0;
    };
    const steady = async (): Promise<number> => {
      const first = await count();
      await sleep(6000);
      assert.equal(await count(), first);
      return first;
    };
    const before = await eventually(steady);
    await request(WHOLE, 50);
    await eventually(async () => assert.equal((await count()) - before, 50));
  });

  it("shows a request from one cluster to the other as one trace with spans of both", async () => {
    await request(PEER, 20);
    await eventually(async () => {
      const answer = await getFromPod(
        await clientOf(WHOLE),
        {
          namespace,
          pod: await podOf(WHOLE, namespace, `app=${OBSERVABILITY.jaeger}`),
          port: OBSERVABILITY_PORTS.jaeger,
        },
        `/api/traces?service=${ECHO.name}.${ECHO.namespace}&limit=200`,
        AbortSignal.timeout(10_000),
      );
      const { data } = JSON.parse(answer) as {
        data: readonly {
          spans: readonly { tags: readonly { key: string; value: unknown }[] }[];
        }[];
      };
      const clusters = data.map(({ spans }) =>
        [
          ...new Set(
            spans.flatMap(({ tags }) =>
              tags.filter(({ key }) => key === "istio.cluster_id").map(({ value }) => value),
            ),
          ),
        ].sort(),
      );
      assert(
        clusters.some((ids) => ids.join() === [...CLUSTERS].sort().join()),
        JSON.stringify(clusters.slice(0, 5)),
      );
    });
  });

  it("lets nobody in but who is named, and nothing in from outside", async () => {
    for (const cluster of CLUSTERS) {
      assert.equal(
        await statusFromEcho(WHOLE, `${prometheusUrl(cluster)}/api/v1/query?query=up`),
        "403",
      );
      const { core } = await clientOf(cluster);
      const { items } = await core.listNamespacedService({ namespace });
      assert.deepEqual([...new Set(items.map(({ spec }) => spec?.type))], ["ClusterIP"]);
      const host = await gatewayHost(cluster);
      for (const name of [`prometheus-${cluster}`, OBSERVABILITY.jaeger]) {
        const answer = await ask(host, "/", {
          headers: { host: `${name}.${namespace}.svc.cluster.local` },
        }).catch(() => undefined);
        assert([undefined, 404].includes(answer?.status), JSON.stringify(answer));
      }
    }
  });

  it("warns of a gateway without address, in its cluster, and of its silence, in the other; then no more", async () => {
    const service = object("v1", "Service", "istio-eastwestgateway", SYSTEM);
    const mend = await removed(PEER, service, withoutLoadBalancer)();
    try {
      await eventually(async () => {
        assert((await firing(PEER)).includes("MeshGatewayWithoutAddress"));
        assert((await firing(WHOLE)).includes("MeshPeerUnseen"));
      });
      const { stdout } = await mesh("--json", "check", "--requests", "0");
      const { findings } = JSON.parse(stdout) as FindingsReport;
      assert(
        findings.some(
          ({ check, cluster, what }) =>
            check === "metrics" && cluster === PEER && /MeshGatewayWithoutAddress/.test(what),
        ),
        stdout,
      );
    } finally {
      await mend();
    }
    await eventually(async () => {
      assert.deepEqual([...(await firing(PEER)), ...(await firing(WHOLE))], []);
    });
  });

  it("is missed by check, and by nobody else, where it is gone", async () => {
    const mend = await scaled(PEER, `${OBSERVABILITY.prometheus}-${PEER}`, namespace)();
    try {
      await eventually(async () => {
        const { items } = await (
          await clientOf(PEER)
        ).core.listNamespacedPod({
          namespace,
          labelSelector: `app.kubernetes.io/name=${OBSERVABILITY.prometheus}`,
        });
        assert.equal(items.length, 0);
      });
      const { stdout } = await mesh("--json", "check", "--requests", "0");
      const { findings } = JSON.parse(stdout) as FindingsReport;
      const warnings = findings.filter(
        ({ check, severity }) => check === "metrics" && severity !== "ok",
      );
      assert(
        warnings.some(({ cluster, what }) => cluster === PEER && what === "Prometheus has no pod."),
        JSON.stringify(warnings),
      );
      const drawn = await mesh("topology", "--format", "json");
      assert.equal(drawn.exitCode, 0, drawn.stderr);
      assert.deepEqual((JSON.parse(drawn.stdout) as Topology).missing, []);
    } finally {
      await mend();
    }
  });
});
