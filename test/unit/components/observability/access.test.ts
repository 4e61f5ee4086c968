import assert from "node:assert/strict";
import {
  authorizationPolicy,
  COLLECTOR_ACCESS,
  denyAll,
  grafanaAccess,
  JAEGER_ACCESS,
  PROMETHEUS_ACCESS,
  type Access,
} from "../../../../components/observability/access";
import { KIALI_READER_RULES } from "../../../../components/observability/kiali-reader-rules";
import { READER_VERBS } from "../../../../components/istio/reader-rules";

const callers = (access: Access): readonly string[] =>
  authorizationPolicy(access, "td").spec.rules[0]?.from[0]?.source.principals ?? [];

const PUBLIC = "td/ns/istio-system/sa/istio-ingressgateway";

describe("who may call what observes", () => {
  it("is nobody who isn't named", () => {
    assert.deepEqual(denyAll.spec, {});
    assert.equal(denyAll.metadata.namespace, "observability");
  });

  it("is only ours for Prometheus and Jaeger's pages, which know no login", () => {
    for (const access of [PROMETHEUS_ACCESS, JAEGER_ACCESS]) {
      assert(callers(access).length > 0);
      assert(callers(access).every((caller) => caller.startsWith("td/ns/observability/sa/")));
    }
  });

  it("is every workload of the mesh for the collector, and no one without an identity", () => {
    assert.deepEqual(callers(COLLECTOR_ACCESS), ["*"]);
    assert.notEqual(COLLECTOR_ACCESS.port, JAEGER_ACCESS.port);
  });

  it("is the public for Grafana only where it has a host", () => {
    assert(!callers(grafanaAccess(false)).includes(PUBLIC));
    assert(callers(grafanaAccess(true)).includes(PUBLIC));
  });
});

describe("Kiali's reader", () => {
  it("may only look, and not at Secrets, logs or tokens", () => {
    for (const { verbs, resources } of KIALI_READER_RULES) {
      assert(verbs.every((verb) => (READER_VERBS as readonly string[]).includes(verb)));
      assert(!resources.some((resource) => /secrets|log|portforward|tokenreviews/.test(resource)));
    }
    const wide = KIALI_READER_RULES.filter(({ resources }) => resources.includes("*"));
    assert(wide.every(({ apiGroups }) => apiGroups.every((group) => /istio|gateway/.test(group))));
  });
});
