import assert from "node:assert/strict";
import fc from "fast-check";
import { observabilityConfig } from "../../../../config/observability";
import { observability as schema } from "../../../../config/observability-schema";
import type { TheaterRoute } from "../../../../config/model";
import type { AlertRule } from "../../../../components/observability/alert-rules";
import { prometheusValues } from "../../../../components/observability/prometheus-values";
import { SERIES, type RecordingRule } from "../../../../components/observability/recording-rules";
import type { ScrapeJob } from "../../../../components/observability/scrape-jobs";

const CLUSTERS = ["ncloud", "nhn", "gke"];
const ROUTES: readonly TheaterRoute[] = [
  {
    service: "user-service",
    weights: [
      { cluster: "ncloud", weight: 70 },
      { cluster: "nhn", weight: 30 },
    ],
    canary: undefined,
  },
];

interface Values {
  readonly server: Readonly<Record<string, unknown>> & {
    readonly podAnnotations: Readonly<Record<string, string>>;
  };
  readonly scrapeConfigs: Readonly<Record<string, { readonly enabled: boolean }>>;
  readonly serverFiles: {
    readonly "prometheus.yml": { readonly scrape_configs: readonly ScrapeJob[] };
    readonly "recording_rules.yml": {
      readonly groups: readonly { readonly rules: readonly RecordingRule[] }[];
    };
    readonly "alerting_rules.yml": {
      readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
    };
  };
}

const values = (
  over: Record<string, unknown> = {},
  cluster = "ncloud",
  names = CLUSTERS,
): Values => {
  const observability = observabilityConfig(
    schema.parse({ enabled: true, ...over }),
    names,
    cluster,
  );
  assert(observability);
  return prometheusValues({
    cluster,
    footprint: "standard",
    peers: names.filter((id) => id !== cluster),
    routes: ROUTES,
    observability,
  }) as unknown as Values;
};

const jobs = (all: Values) => all.serverFiles["prometheus.yml"].scrape_configs;
const records = (all: Values) => all.serverFiles["recording_rules.yml"].groups[0]?.rules ?? [];
const alerts = (all: Values) => all.serverFiles["alerting_rules.yml"].groups[0]?.rules ?? [];
const alert = (all: Values, name: string): AlertRule => {
  const found = alerts(all).find((rule) => rule.alert === name);
  assert(found, name);
  return found;
};

describe("Prometheus", () => {
  it("asks for what is ours alone, and says of every series from which cluster it is", () => {
    for (const job of jobs(values())) {
      const said = [
        ...(job.relabel_configs ?? [])
          .filter(({ target_label: label }) => label === "cluster")
          .map(({ replacement }) => replacement),
        ...(job.static_configs ?? []).map(({ labels }) => labels?.["cluster"]),
      ];
      assert(said.length > 0 && said.every((cluster) => cluster === "ncloud"), job.job_name);
    }
    assert(Object.values(values().scrapeConfigs).every(({ enabled }) => !enabled));
  });

  it("takes the peers' series in one cluster alone, each from its own Prometheus", () => {
    const peers = (all: Values) => jobs(all).find(({ job_name: name }) => name === "peers");
    assert.equal(peers(values({}, "nhn")), undefined);
    assert.equal(peers(values({}, "ncloud", ["ncloud"])), undefined);
    assert.deepEqual(
      peers(values())?.static_configs?.flatMap(({ targets }) => targets),
      [
        "prometheus-nhn.observability.svc.cluster.local:9090",
        "prometheus-gke.observability.svc.cluster.local:9090",
      ],
    );
    assert.equal(
      alerts(values({}, "nhn")).some((rule) => rule.alert === "MeshPeerUnseen"),
      false,
    );
    assert.equal(alert(values(), "MeshPeerUnseen").expr, 'up{job="peers"} == 0');
  });

  it("adds up and warns of what is its own: what it took from others, those add up and warn of", () => {
    for (const { record, expr } of records(values())) {
      const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].map(([, selector]) => selector ?? "");
      assert(
        record === SERIES.configuredWeight || selectors.length > 0,
        `${record} takes whatever there is`,
      );
      assert(
        selectors.every((selector) => selector.includes('cluster="ncloud"')),
        record,
      );
    }
    for (const { alert: name, expr } of alerts(values())) {
      assert(name === "MeshPeerUnseen" || expr.includes('{cluster="ncloud"'), name);
    }
  });

  it("uses in alerts only what is recorded or asked for", () => {
    const known = new Set([...records(values()).map(({ record }) => record), "up"]);
    for (const { alert: name, expr } of alerts(values())) {
      const used = expr.match(/mesh:[a-z_:]+|\bup\b/g) ?? [];
      assert(used.length > 0, name);
      assert.deepEqual(
        used.filter((series) => !known.has(series)),
        [],
        name,
      );
    }
  });

  it("warns when told", () => {
    const over = { alerts: { forSeconds: 60, certificateDays: 10, errorPercent: 2.5 } };
    assert(alerts(values(over)).every((rule) => rule.for === "60s"));
    assert.match(alert(values(over), "MeshRootCertificateExpires").expr, / < 864000$/);
    assert.match(alert(values(over), "MeshCrossClusterErrors").expr, / > 0\.025$/);
  });

  it("doesn't warn of the way to peers where there are none", () => {
    const names = alerts(values({}, "ncloud", ["ncloud"])).map((rule) => rule.alert);
    assert(!names.includes("MeshCrossClusterErrors"));
    assert(!names.includes("MeshPeerUnseen"));
  });

  it("says in every alert what to do, in labels that its series have", () => {
    for (const { alert: name, annotations } of alerts(values())) {
      assert.match(annotations.fix, /\.$/, name);
      assert.match(annotations.summary, /\{\{ \$labels\.\w*cluster \}\}/, name);
    }
  });

  it("records how the requests are to be divided", () => {
    assert.deepEqual(
      records(values()).filter(({ record }) => record === SERIES.configuredWeight),
      [
        ["ncloud", 0.7],
        ["nhn", 0.3],
      ].map(([destination, share]) => ({
        record: SERIES.configuredWeight,
        expr: `vector(${share})`,
        labels: {
          cluster: "ncloud",
          destination_service: "user-service.theater-msa.svc.cluster.local",
          destination_cluster: destination,
        },
      })),
    );
  });

  it("is replaced when what it reads at its start changes, and only then", () => {
    const checksum = (over: Record<string, unknown>) =>
      values(over).server.podAnnotations["checksum/configuration"];
    assert.equal(checksum({}), checksum({ prometheus: { retention: "30d" } }));
    assert.notEqual(checksum({}), checksum({ alerts: { forSeconds: 1 } }));
  });

  it("keeps four fifths of its volume's size, in whole units", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom("Mi", "Gi", "Ti"),
        (n, unit) => {
          const { retentionSize } = values({ prometheus: { storage: `${n}${unit}` } }).server;
          const [, size, of] = /^(\d+)(KB|MB|GB)$/.exec(String(retentionSize)) ?? [];
          const power: Record<string, number> = { Mi: 2, Gi: 3, Ti: 4, KB: 1, MB: 2, GB: 3 };
          const bytes = Number(size) * 1024 ** (power[of ?? ""] ?? 0);
          const volume = n * 1024 ** (power[unit] ?? 0);
          assert(bytes <= 0.8 * volume && bytes > 0.799 * volume);
        },
      ),
    );
  });

  it("takes further values over ours", () => {
    const further = { server: { retention: "1d" } };
    assert.equal(values({ prometheus: { values: further } }).server["retention"], "1d");
  });
});
