import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { ISTIO_CRDS } from "../../../config/istio-crds";
import { readConfig } from "../../../config/read";
import { trustStack } from "../../../stacks/trust";
import { clusterNames, pulumiConfig, rawConfig } from "../../support/config";
import { record, valueOf, type Registered } from "../../support/record";
import { recordClusterStack, runClusterStack } from "../../support/run-stack";

const runCluster = (names: string[], stack: string, config: Record<string, unknown> = {}) =>
  runClusterStack(names, stack, { config });

const providerOf = ({ provider }: Registered): string => provider.split("::").at(-2) ?? "";

const only = (resources: Registered[], type: string): Registered[] =>
  resources.filter((resource) => resource.type === type);

const releaseOf = (resources: Registered[], name: string): Registered | undefined =>
  only(resources, "kubernetes:helm.sh/v3:Release").find(({ inputs }) => inputs["name"] === name);

/** What a resource says its Kubernetes name is. */
const metadata = ({ inputs }: Registered) =>
  inputs["metadata"] as {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };

/** Secret inputs reach mocks in an envelope. */
const open = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value
    ? (value as { value?: unknown }).value
    : value;

/** A public host, which enters through the first cluster. */
const PUBLIC = {
  https: { email: "operator@example.com" },
  clova: { host: "clova.example.com", applicationId: "com.example.mrdebugger" },
};

describe("every component", () => {
  const names = ["ncloud", "nhn", "gke"];
  let resources: Registered[];
  before(async () => {
    resources = await runCluster(names, "ncloud", {
      clusters: names.map((name) => ({ name, cloud: "nhn" })),
      metricsServer: "install",
      ciliumSettings: "apply",
      istioCni: "install",
      echo: true,
      firstSteps: { enabled: true },
      bookinfo: {
        enabled: true,
        host: "bookinfo.example.com",
        addresses: { ncloud: "192.0.2.1", nhn: "192.0.2.2" },
      },
      ...PUBLIC,
      theater: { enabled: true, host: "theater.example.com", entry: "http" },
      observability: { enabled: true, grafana: { host: "grafana.example.com" } },
    });
  });

  const children = (): Registered[] =>
    resources.filter(({ custom, type }) => custom && type.startsWith("kubernetes:"));
  const components = (): Registered[] => resources.filter(({ custom }) => !custom);

  it("is there: the test would prove nothing about one that the stack doesn't use", () => {
    assert.deepEqual(
      [...new Set(components().map(({ type }) => type))].sort(),
      [
        "mesh:bookinfo:Bookinfo",
        "mesh:bookinfo:ProductPageEntry",
        "mesh:bookinfo:ReviewsByAddress",
        "mesh:bookinfo:ReviewsPassthrough",
        "mesh:cloud:CiliumSettings",
        "mesh:cloud:DefaultStorageClass",
        "mesh:cloud:MetricsServer",
        "mesh:clova:ClovaExtension",
        "mesh:echo:Echo",
        "mesh:https:AcmeIssuer",
        "mesh:https:CertManager",
        "mesh:https:HttpsHost",
        "mesh:istio:ConnectionRotation",
        "mesh:istio:ControlPlane",
        "mesh:istio:CrossNetworkGateway",
        "mesh:istio:EastWestGateway",
        "mesh:istio:GatewayApi",
        "mesh:istio:IngressGateway",
        "mesh:istio:IstioBase",
        "mesh:istio:IstioCni",
        "mesh:istio:IstioCrds",
        "mesh:istio:MeshMtls",
        "mesh:istio:ReaderIdentity",
        "mesh:istio:RemoteSecret",
        "mesh:istio:SystemNamespace",
        "mesh:lessons:Dashboard",
        "mesh:lessons:FirstSteps",
        "mesh:observability:Grafana",
        "mesh:observability:Jaeger",
        "mesh:observability:Kiali",
        "mesh:observability:KialiReader",
        "mesh:observability:Prometheus",
        "mesh:observability:Tracing",
        "mesh:theater:PageAccess",
        "mesh:theater:PageViewer",
        "mesh:theater:Theater",
        "mesh:theater:TheaterEntry",
        "mesh:trust:Cacerts",
      ].sort(),
    );
  });

  it("has a type of the form mesh:<room>:<Name>, and a child", () => {
    for (const { type, name } of components()) {
      assert.match(type, /^mesh:[a-z]+:[A-Z][A-Za-z]+$/);
      assert(
        children().some((child) => child.name.startsWith(`${name}-`)),
        `${type} ${name} has no child`,
      );
    }
  });

  it("is the parent of its children: their type chain starts with its own", () => {
    for (const child of children()) {
      // Of one inside another, whose names begin alike, it is the inner one.
      const [component] = components()
        .filter(({ name }) => child.name.startsWith(`${name}-`))
        .toSorted((one, other) => other.name.length - one.name.length);
      assert(component, `${child.name} carries no component's name`);
      assert.equal(child.typeChain, `${component.type}$${child.type}`, child.name);
    }
  });

  it("runs on its own cluster, but for readers and viewers, which run on the peer that they read", () => {
    for (const child of children()) {
      const peer = /^(?:reader|observer|theater-viewer)-on-([a-z]+)-/.exec(child.name)?.[1];
      assert.equal(providerOf(child), peer ?? "ncloud", child.name);
    }
  });

  it("names providers with an identifier of ours, which a renewed kubeconfig doesn't change", () => {
    const providers = only(resources, "pulumi:providers:kubernetes");
    assert.deepEqual(
      providers.map(({ name, inputs }) => [name, inputs["clusterIdentifier"]]),
      names.map((name) => [name, name]),
    );
  });
});

describe("the cluster stack", () => {
  for (const count of [1, 2, 3, 7]) {
    it(`N = ${count}: links the cluster to each of its peers once, and to nothing else`, async () => {
      const names = clusterNames(count);
      for (const self of names.slice(0, 2)) {
        const resources = await runCluster(names, self);
        const peers = names.filter((name) => name !== self);
        const remoteSecrets = only(resources, "kubernetes:core/v1:Secret").filter(
          (secret) => metadata(secret).labels?.["istio/multiCluster"] === "true",
        );
        assert.deepEqual(
          remoteSecrets.map((secret) => metadata(secret).name).sort(),
          peers.map((peer) => `istio-remote-secret-${peer}`).sort(),
        );
        const readers = only(resources, "kubernetes:core/v1:ServiceAccount").map((account) => [
          providerOf(account),
          metadata(account).namespace,
        ]);
        assert.deepEqual(readers.sort(), peers.map((peer) => [peer, `mesh-peer-${self}`]).sort());
        assert.equal(only(resources, "pulumi:providers:kubernetes").length, count);
      }
    });
  }

  it("calls a cluster by one ID wherever istiod compares it, and its network by one", async () => {
    const names = ["ncloud", "nhn"];
    const [ncloud, nhn] = await Promise.resolve([
      await runCluster(names, "ncloud"),
      await runCluster(names, "nhn"),
    ]);
    const istiod = only(nhn, "kubernetes:helm.sh/v3:Release").find(
      ({ inputs }) => inputs["name"] === "istiod",
    );
    const { global } = istiod?.inputs["values"] as {
      global: { network: string; multiCluster: { clusterName: string } };
    };
    const secret = only(ncloud, "kubernetes:core/v1:Secret").find(
      (candidate) => metadata(candidate).name === "istio-remote-secret-nhn",
    );
    assert(secret);
    const data = open(secret.inputs["stringData"]) as Record<string, string>;
    const id = global.multiCluster.clusterName;
    assert.deepEqual(Object.keys(data), [id]);
    assert.equal(metadata(secret).annotations?.["networking.istio.io/cluster"], id);
    const kubeconfig = parse(data[id] as string) as {
      "current-context": string;
      clusters: { name: string }[];
    };
    assert.equal(kubeconfig["current-context"], id);
    assert.deepEqual(
      kubeconfig.clusters.map(({ name }) => name),
      [id],
    );
    const system = only(nhn, "kubernetes:core/v1:Namespace").find(
      (candidate) => metadata(candidate).name === "istio-system",
    );
    assert.equal(system && metadata(system).labels?.["topology.istio.io/network"], global.network);
  });

  it("keeps what is secret secret: the CA's files, the readers' tokens, the kubeconfigs", async () => {
    const resources = await runCluster(["ncloud", "nhn"], "ncloud");
    const inputs = resources.flatMap((resource) => [
      [resource.name, "stringData", resource.inputs["stringData"]] as const,
      [resource.name, "kubeconfig", resource.inputs["kubeconfig"]] as const,
    ]);
    const given = inputs.filter(([, , value]) => value !== undefined);
    assert.equal(given.length, 4);
    for (const [name, input, value] of given) {
      assert.notEqual(open(value), value, `${input} of ${name} is in plain text`);
    }
  });

  it("labels a namespace that others own instead of making it, when told so", async () => {
    const resources = await runCluster(["a", "b"], "a", { systemNamespace: "existing" });
    const names = only(resources, "kubernetes:core/v1:Namespace").map((r) => metadata(r).name);
    assert(!names.includes("istio-system"));
    assert.deepEqual(
      only(resources, "kubernetes:core/v1:NamespacePatch").map((r) => metadata(r).name),
      ["istio-system"],
    );
  });

  it("ends connections between proxies after 20 s, unless told to leave them", async () => {
    const filter = (resources: Registered[]) =>
      only(resources, "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter");
    const [rotation] = filter(await runCluster(["a", "b"], "a"));
    assert.match(JSON.stringify(rotation?.inputs["spec"]), /"max_connection_duration":"20s"/);
    assert.deepEqual(filter(await runCluster(["a", "b"], "a", { connectionSeconds: 0 })), []);
  });

  it("has istio-cni on the nodes before istiod asks for it, and lets its namespaces take no other pods", async () => {
    const app = {
      echo: true,
      theater: { enabled: true, host: "theater.example.com", entry: "http" },
    };
    const levels = (resources: Registered[]) =>
      Object.fromEntries(
        only(resources, "kubernetes:core/v1:Namespace").map((r) => [
          metadata(r).name,
          metadata(r).labels?.["pod-security.kubernetes.io/enforce"],
        ]),
      );
    const without = await runCluster(["a"], "a", app);
    assert.equal(releaseOf(without, "istio-cni"), undefined);
    assert.equal(levels(without)["theater-msa"], undefined);
    const installed = await runCluster(["a"], "a", { ...app, istioCni: "install" });
    assert.deepEqual(levels(installed), {
      "istio-system": undefined,
      echo: "restricted",
      "theater-msa": "restricted",
    });
    const releases = only(installed, "kubernetes:helm.sh/v3:Release").map(
      ({ inputs }) => inputs["name"] as string,
    );
    assert(releases.indexOf("istio-cni") < releases.indexOf("istiod"));
    assert(releases.indexOf("istio-cni") > releases.indexOf("istio-base"));
    const existing = await runCluster(["a"], "a", { ...app, istioCni: "existing" });
    assert.equal(releaseOf(existing, "istio-cni"), undefined);
    assert.equal(levels(existing)["theater-msa"], "restricted");
  });

  it("leaves the Gateway API to the cluster, when told so", async () => {
    const resources = await runCluster(["a", "b"], "a", { gatewayApi: "existing" });
    const releases = only(resources, "kubernetes:helm.sh/v3:Release").map(
      ({ inputs }) => inputs["name"],
    );
    assert.deepEqual(releases.sort(), [
      "istio-base",
      "istio-crds",
      "istio-eastwestgateway",
      "istio-ingressgateway",
      "istiod",
    ]);
  });

  it("brings Istio's CRDs as a release of its own, which base leaves out", async () => {
    const resources = await runCluster(["a", "b"], "a");
    const [crds, base] = ["istio-crds", "istio-base"].map((name) => releaseOf(resources, name));
    assert.equal(crds?.inputs["chart"], "./charts/istio-crds/1.31");
    assert.equal(crds?.inputs["takeOwnership"], false);
    assert.deepEqual(crds?.inputs["values"], { keep: false });
    assert.deepEqual(base?.inputs["values"], { base: { excludedCRDs: ISTIO_CRDS } });
    assert.deepEqual(releaseOf(resources, "gateway-api")?.inputs["values"], { keep: false });
  });

  it("keeps the CRDs when told so, and then takes over the ones that are there", async () => {
    const resources = await runCluster(["a", "b"], "a", { crds: "keep" });
    const crds = releaseOf(resources, "istio-crds");
    assert.equal(crds?.inputs["takeOwnership"], true);
    assert.deepEqual(crds?.inputs["values"], { keep: true });
    assert.deepEqual(releaseOf(resources, "gateway-api")?.inputs["values"], { keep: true });
  });

  it("leaves the CRDs of an unsupported Istio to its own chart", async () => {
    const resources = await runCluster(["a", "b"], "a", {
      istioVersion: "1.99.0",
      allowUnsupportedVersions: true,
    });
    assert.equal(releaseOf(resources, "istio-crds"), undefined);
    assert.deepEqual(releaseOf(resources, "istio-base")?.inputs["values"], {
      base: { excludedCRDs: [] },
    });
  });

  it("creates nothing on a peer whose reader is ready-made", async () => {
    const raw = rawConfig(["a", "b"]);
    const resources = await runCluster(["a", "b"], "a", {
      kubeconfigs: { a: raw.kubeconfigs["a"] },
      remoteKubeconfigs: { b: raw.kubeconfigs["b"] },
    });
    assert.deepEqual([...new Set(resources.map(providerOf).filter(Boolean))], ["a"]);
  });
});

describe("public hosts", () => {
  const kinds = (resources: Registered[], kind: string): Registered[] =>
    resources.filter(({ inputs }) => inputs["kind"] === kind);

  it("bring cert-manager and their certificate to the cluster they enter, and nowhere else", async () => {
    const names = ["ncloud", "nhn"];
    const [entry, other] = [
      await runCluster(names, "ncloud", PUBLIC),
      await runCluster(names, "nhn", PUBLIC),
    ];
    assert.equal(kinds(entry, "Certificate").length, 1);
    assert.equal(kinds(entry, "ClusterIssuer").length, 1);
    for (const kind of ["Certificate", "ClusterIssuer", "VirtualService"]) {
      assert.deepEqual(kinds(other, kind), [], kind);
    }
    for (const resources of [entry, other]) {
      assert(kinds(resources, "AuthorizationPolicy").length === 1, "both run the service");
    }
  });

  it("bind routes to a Gateway that is there, and ask for certificates of an issuer that is", async () => {
    const resources = await runCluster(["ncloud"], "ncloud", PUBLIC);
    const spec = <T>(resource: Registered | undefined) => resource?.inputs["spec"] as T;
    const gateways = kinds(resources, "Gateway").map((gateway) => metadata(gateway).name);
    for (const route of kinds(resources, "VirtualService")) {
      for (const gateway of spec<{ gateways: string[] }>(route).gateways) {
        assert(gateways.includes(gateway.replace(/^istio-system\//, "")), gateway);
      }
    }
    const [issuer] = kinds(resources, "ClusterIssuer");
    const [certificate] = kinds(resources, "Certificate");
    const { issuerRef } = spec<{ issuerRef: { name: string } }>(certificate);
    assert.equal(issuerRef.name, issuer && metadata(issuer).name);
  });

  it("leave cert-manager and the issuer to the cluster, when told so", async () => {
    const resources = await runCluster(["ncloud"], "ncloud", {
      ...PUBLIC,
      https: { clusterIssuer: "dns", certManager: { mode: "existing" } },
    });
    assert.deepEqual(kinds(resources, "ClusterIssuer"), []);
    assert(
      !only(resources, "kubernetes:core/v1:Namespace").some(
        (r) => metadata(r).name === "cert-manager",
      ),
    );
    const [certificate] = kinds(resources, "Certificate");
    const { issuerRef } = certificate?.inputs["spec"] as { issuerRef: { name: string } };
    assert.equal(issuerRef.name, "dns");
  });

  it("are exported with the DNS record that they need", async () => {
    const { result } = await recordClusterStack(["ncloud"], "ncloud", { config: PUBLIC });
    const [host] = result.publicHosts;
    assert(host);
    assert.deepEqual(await valueOf(host), {
      host: "clova.example.com",
      type: "A",
      value: "198.18.101.10",
    });
  });
});

describe("the trust stack", () => {
  it("exports an intermediate per cluster, and no root key", async () => {
    const { resources, result } = await record(
      "trust",
      () => {
        pulumi.runtime.setAllConfig(pulumiConfig({ clusters: [{ name: "a" }, { name: "b" }] }));
        const { config } = readConfig();
        assert(config.kind === "trust");
        return trustStack(config);
      },
      {
        outputs: {
          "tls:index/privateKey:PrivateKey": () => ({ privateKeyPem: "KEY\n" }),
          "tls:index/selfSignedCert:SelfSignedCert": () => ({ certPem: TEST_CERTIFICATE }),
          "tls:index/locallySignedCert:LocallySignedCert": () => ({
            certPem: "INTERMEDIATE\n",
            validityEndTime: "2028-01-01T00:00:00Z",
          }),
        },
      },
    );
    assert.deepEqual(
      only(resources, "tls:index/privateKey:PrivateKey")
        .map(({ name }) => name)
        .sort(),
      ["intermediate-a-1-1-key", "intermediate-b-1-1-key", "root-1-key"],
    );
    const exported = await new Promise<Record<string, unknown>>((resolve) =>
      result.cacerts.apply(resolve),
    );
    assert.deepEqual(Object.keys(exported), ["a", "b"]);
    assert.deepEqual(exported["a"], {
      caCert: "INTERMEDIATE\n",
      caKey: "KEY\n",
      rootCert: TEST_CERTIFICATE,
      certChain: `INTERMEDIATE\n${TEST_CERTIFICATE}`,
    });
    assert.deepEqual(Object.keys(result).sort(), [
      "cacerts",
      "intermediates",
      "rootCertificates",
      "rootFingerprints",
    ]);
  });

  it("asks for what the plug-in CA needs: path lengths, SAN and lifetimes", async () => {
    const { resources } = await record(
      "trust",
      () => {
        pulumi.runtime.setAllConfig(pulumiConfig({ clusters: [{ name: "a" }] }));
        const { config } = readConfig();
        assert(config.kind === "trust");
        return trustStack(config);
      },
      {
        outputs: {
          "tls:index/selfSignedCert:SelfSignedCert": () => ({ certPem: TEST_CERTIFICATE }),
        },
      },
    );
    const [root] = only(resources, "tls:index/selfSignedCert:SelfSignedCert");
    const [request] = only(resources, "tls:index/certRequest:CertRequest");
    const [intermediate] = only(resources, "tls:index/locallySignedCert:LocallySignedCert");
    assert.equal(root?.inputs["maxPathLength"], 1);
    assert.equal(root?.inputs["validityPeriodHours"], 3650 * 24);
    assert.deepEqual(request?.inputs["dnsNames"], ["istiod.istio-system.svc"]);
    assert.equal(intermediate?.inputs["maxPathLength"], 0);
    assert.equal(intermediate?.inputs["isCaCertificate"], true);
    assert.equal(intermediate?.inputs["validityPeriodHours"], 730 * 24);
    assert.equal(intermediate?.inputs["earlyRenewalHours"], 90 * 24);
  });
});

/** Any certificate that parses: the mocked provider signs nothing. */
const TEST_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdjCCARugAwIBAgIUA6M1o3fIANBK/ASRvdQbcyDoOmswCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjEwNDUzNDFaGA8yMTI2MTAyODA0NTM0
MVowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABK83
N5OLeHZJlYJfBxupZ6yJvKlHs5E3xPEXr6eHYTV6ZdWmlMkaHVyo3r7M8WdyCvNo
E7TeqRNxd/waMNn+O5qjUzBRMB0GA1UdDgQWBBTfbj1EpmHXqHXstKgHI+4c498q
xjAfBgNVHSMEGDAWgBTfbj1EpmHXqHXstKgHI+4c498qxjAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0kAMEYCIQC7s9Tg/vZuLN6xQa/hplGoPoUX1bv1uOj/
9hXFyLGH3gIhAN3IXrpKQPq7Txhh2IeA9GeCbFYkoDdtvCptM0rejyty
-----END CERTIFICATE-----
`;
