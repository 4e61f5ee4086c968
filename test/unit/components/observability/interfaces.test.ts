import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { grafanaValues } from "../../../../components/observability/grafana-values";
import { kialiValues, peerSecret } from "../../../../components/observability/kiali-values";

const chart = { version: "1.0.0", charts: "/charts", values: {} };
const CHART = join(__dirname, "../../../../charts/istio-dashboards/1.31");

const grafana = (host?: string) =>
  grafanaValues({
    cluster: "ncloud",
    footprint: "standard",
    grafana: { ...chart, host },
    scrapeSeconds: 15,
    tracing: true,
  }) as {
    readonly "grafana.ini": Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly dashboardsConfigMaps: Readonly<Record<string, string>>;
    readonly admin: { readonly existingSecret: string };
    readonly service: { readonly type?: string };
  };

describe("Grafana", () => {
  it("lets nobody look without a login, and asks nobody outside", () => {
    const ini = grafana()["grafana.ini"];
    assert.deepEqual(ini["auth.anonymous"], { enabled: false });
    assert.deepEqual(ini["users"], { allow_sign_up: false });
    assert.deepEqual(ini["analytics"], { reporting_enabled: false, check_for_updates: false });
    assert.equal(grafana().service.type, undefined);
    assert.notEqual(grafana().admin.existingSecret, "");
  });

  it("keeps its cookies to HTTPS where it is public", () => {
    assert.equal(grafana()["grafana.ini"]["security"], undefined);
    assert.deepEqual(grafana("g.example.com")["grafana.ini"]["security"], { cookie_secure: true });
  });

  it("finds every dashboard that the chart has, each a JSON document with Istio's uid", () => {
    const files = readdirSync(join(CHART, "dashboards"));
    const expected = files.map((file) => `dashboard-${file.replace(/\.json$/, "")}`);
    const mounted = Object.values(grafana().dashboardsConfigMaps);
    assert.deepEqual(
      mounted.filter((name) => name !== "dashboard-mesh-health").sort(),
      expected.sort(),
    );
    for (const file of files) {
      const { uid, panels } = JSON.parse(readFileSync(join(CHART, "dashboards", file), "utf8")) as {
        uid: string;
        panels: readonly unknown[];
      };
      assert(uid !== "" && panels.length > 0, file);
    }
  });
});

describe("Kiali", () => {
  const values = kialiValues({
    cluster: "ncloud",
    peers: ["nhn", "gke"],
    kiali: chart,
    tracing: false,
    grafana: true,
    signingKey: "0123456789abcdef",
  }) as {
    readonly clustering: { readonly clusters: readonly { name: string; secret_name: string }[] };
    readonly deployment: { readonly view_only_mode: boolean };
    readonly external_services: Readonly<Record<string, { readonly enabled?: boolean }>>;
  };

  it("reads every peer by the Secret that is made for it, and changes nothing", () => {
    assert.deepEqual(
      values.clustering.clusters,
      ["nhn", "gke"].map((name) => ({ name, secret_name: peerSecret(name) })),
    );
    assert.equal(values.deployment.view_only_mode, true);
  });

  it("looks for what there is only", () => {
    assert.equal(values.external_services["tracing"]?.enabled, false);
    assert.equal(values.external_services["grafana"]?.enabled, true);
  });
});
