import assert from "node:assert/strict";
import { Environment } from "@istio-multicloud/service-kit";
import { readSettings } from "../../../../apps/clova/src/settings";
import { destinationRule, route } from "../../../../components/clova/clova-route";
import { callers, deployment, service } from "../../../../components/clova/clova-service";
import { CLOVA } from "../../../../components/clova/constants";
import type { ClovaService, Cluster } from "../../../../config/model";
import { cekKeys } from "../../apps/clova/keys";

const metadata = { name: "mrdebugger", namespace: "mrdebugger" };
const cluster = { id: "ncloud" } as Cluster;
const settings: ClovaService = {
  replicas: 3,
  image: "clova:1",
  applicationId: "com.example.mrdebugger",
  signatureKey: undefined,
  raspberryPiUrl: undefined,
};
const pod = (over: Partial<ClovaService> = {}) => {
  const { spec } = deployment(metadata, {
    cluster,
    account: "mrdebugger",
    service: { ...settings, ...over },
  }) as { spec: { replicas: number; revisionHistoryLimit: number; template: { spec: Pod } } };
  return spec;
};
interface Pod {
  containers: {
    env: { name: string; value?: string }[];
    readinessProbe: unknown;
    livenessProbe: { httpGet: { port: string } };
    ports: { name: string }[];
  }[];
}

describe("the Clova extension", () => {
  it("is called by ingress gateways only, and only as CEK and its health check do", () => {
    assert.deepEqual(callers(metadata, "mesh.example").spec, {
      selector: { matchLabels: { app: "mrdebugger" } },
      action: "ALLOW",
      rules: [
        {
          from: [
            {
              source: {
                principals: ["mesh.example/ns/istio-system/sa/istio-ingressgateway"],
              },
            },
          ],
          to: [
            { operation: { methods: ["POST"], paths: ["/"] } },
            { operation: { methods: ["GET"], paths: ["/health"] } },
          ],
        },
      ],
    });
  });

  it("takes traffic once /health answers, and is restarted by another question", () => {
    const { replicas, revisionHistoryLimit, template } = pod();
    const [container] = template.spec.containers;
    assert(container);
    assert.deepEqual({ replicas, revisionHistoryLimit }, { replicas: 3, revisionHistoryLimit: 3 });
    assert.deepEqual(container.readinessProbe, {
      httpGet: { path: "/health", port: "http" },
      initialDelaySeconds: 5,
      timeoutSeconds: 2,
      periodSeconds: 10,
      failureThreshold: 3,
    });
    assert.equal(container.livenessProbe.httpGet.port, "management");
  });

  it("is told only what is configured", () => {
    const names = (over: Partial<ClovaService>) =>
      pod(over).template.spec.containers[0]?.env.map(({ name }) => name);
    assert(!names({})?.includes("RASPBERRY_PI_URL"));
    assert(names({ raspberryPiUrl: "http://pi" })?.includes("RASPBERRY_PI_URL"));
  });

  it("is told in the words that the service reads", () => {
    const told = (over: Partial<ClovaService>) =>
      readSettings(
        new Environment(
          Object.fromEntries(
            (pod(over).template.spec.containers[0]?.env ?? []).map(({ name, value }) => [
              name,
              value ?? "from the pod",
            ]),
          ),
        ),
      );
    const settings = told({ raspberryPiUrl: "http://pi.example" });
    assert.deepEqual(settings.applicationIds, ["com.example.mrdebugger"]);
    assert.equal(settings.raspberryPi?.url.href, "http://pi.example/");
    assert.equal(settings.keys.from, "url");
    assert.equal(settings.service.cluster, "ncloud");
    assert.equal(settings.service.port, CLOVA.port);
    assert.equal(settings.service.managementPort, CLOVA.managementPort);
    const url = "https://keys.example/key.pem";
    const { keys } = told({ signatureKey: url });
    assert(keys.from === "url" && keys.url.href === url);
    assert.equal(told({ signatureKey: cekKeys().pem }).keys.from, "text");
  });

  it("has one Service wherever it is, port 80 to the pods' http port", () => {
    assert.deepEqual(service(metadata).spec, {
      selector: { app: "mrdebugger" },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    });
  });

  it("is reached by its host alone, within CEK's patience, and repeats nothing that may have happened", () => {
    const { spec } = route(metadata, {
      host: "clova.example.com",
      gateway: "istio-system/clova-https",
    });
    assert.deepEqual(spec.hosts, ["clova.example.com"]);
    assert.deepEqual(spec.gateways, ["istio-system/clova-https"]);
    assert.deepEqual(spec.http[0]?.retries, {
      attempts: 2,
      retryOn: "connect-failure,refused-stream,reset-before-request",
    });
    assert.equal(spec.http[0]?.timeout, "8s");
    const rule = destinationRule(metadata).spec;
    assert.equal(rule.host, spec.http[0]?.route[0]?.destination.host);
  });

  it("is done with a connection that lies idle before a pod that ends is", () => {
    const variables = { CLOVA_APPLICATION_IDS: "com.example.mrdebugger" };
    const { drainMilliseconds } = readSettings(new Environment(variables)).service;
    const { idleTimeout } = destinationRule(metadata).spec.trafficPolicy.connectionPool.http;
    assert.match(idleTimeout, /^\d+s$/);
    assert(parseInt(idleTimeout, 10) * 1000 <= drainMilliseconds / 2);
  });
});
