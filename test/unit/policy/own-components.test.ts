import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CLOUD_NAMES } from "../../../config/clouds";
import { readConfig } from "../../../config/read";
import { trustStack } from "../../../stacks/trust";
import { pulumiConfig } from "../../support/config";
import { judge } from "../../support/policies";
import { record, type Registered } from "../../support/record";
import { runClusterStack } from "../../support/run-stack";

const COMPONENTS = join(__dirname, "../../../components");

/** The type tokens of every component that there is. */
const declaredComponents = (): string[] =>
  readdirSync(COMPONENTS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(COMPONENTS, file), "utf8"))
    .flatMap((text) => [...text.matchAll(/super\("(mesh:\w+:\w+)"/g)].map(([, token]) => token))
    .filter((token) => token !== undefined);

const names = ["ncloud", "nhn"];

const runTrust = async (): Promise<Registered[]> => {
  const { resources } = await record("trust", () => {
    pulumi.runtime.setAllConfig(
      pulumiConfig({ clusters: names.map((name) => ({ name })), theater: { enabled: true } }),
    );
    const { config } = readConfig();
    assert(config.kind === "trust");
    return trustStack(config);
  });
  return resources;
};

const everything = {
  echo: true,
  metricsServer: "install",
  ciliumSettings: "apply",
  istioCni: "install",
  firstSteps: { enabled: true },
  bookinfo: {
    enabled: true,
    host: "bookinfo.example.com",
    addresses: { ncloud: "192.0.2.1", nhn: "192.0.2.2" },
  },
  https: { email: "operator@example.com" },
  clova: { host: "clova.example.org", applicationId: "com.example.mrdebugger" },
  theater: { enabled: true, host: "theater.example.org", storage: "1Gi" },
  observability: { enabled: true, grafana: { host: "grafana.example.org" } },
  theaterControlToken: "0123456789abcdef0123456789abcdef",
};

describe("our own stacks meet every policy", () => {
  const seen = new Set<string>();
  const meets = async (resources: readonly Registered[]) => {
    resources.forEach(({ type }) => seen.add(type));
    assert(resources.length > 0);
    assert.deepEqual(await judge(resources), []);
  };

  for (const cloud of CLOUD_NAMES) {
    it(`a cluster on ${cloud}`, async () => {
      const clusters = names.map((name) => ({ name, cloud }));
      await meets(await runClusterStack(names, "ncloud", { config: { clusters } }));
    });
  }

  it("a cluster with everything that can be asked for", async () => {
    await meets(await runClusterStack(names, "ncloud", { config: everything }));
  });

  it("a cluster that is previewed, with all that isn't known yet", async () => {
    await meets(
      await runClusterStack(names, "ncloud", { config: everything, trusted: [], isPreview: true }),
    );
  });

  it("the trust stack", async () => {
    await meets(await runTrust());
  });

  it("no component is missing here: else add the configuration that brings it in", () => {
    assert.deepEqual(
      declaredComponents().filter((token) => !seen.has(token)),
      [],
    );
  });
});

describe("our own stacks break a policy where the configuration asks for it", () => {
  const broken = async (config: Readonly<Record<string, unknown>>) =>
    (await judge(await runClusterStack(names, "ncloud", { config }))).map(
      ({ policy, sentence }) => `${policy}: ${sentence}`,
    );

  it("weaker mTLS", async () => {
    assert.deepEqual(await broken({ mtls: "PERMISSIVE" }), [
      "strict-mtls: PeerAuthentication istio-system/default has the mTLS mode PERMISSIVE: write STRICT, or say why in the annotation mesh/reason",
    ]);
  });

  it("not weaker mTLS with a reason", async () => {
    const mtlsReason = "the billing service gets its sidecar in June";
    assert.deepEqual(await broken({ mtls: "PERMISSIVE", mtlsReason }), []);
  });

  it("an image that is whatever the registry has", async () => {
    assert.deepEqual(await broken({ echo: true, echoImage: "example.com:5000/echo" }), [
      "images-pinned: Container echo of Deployment echo/echo, image example.com:5000/echo, has no tag: write a version or a digest",
    ]);
    assert.deepEqual(await broken({ istioTag: "latest" }), [
      "images-pinned: values.global.tag of Release istio-system/istiod is latest: write a version or a digest",
    ]);
  });

  it("istiod's ports on the public gateways", async () => {
    const found = await broken({ istioValues: { gateway: { networkGateway: "ncloud" } } });
    assert.equal(found.length, 4);
    assert.match(
      found[0] ?? "",
      /^istiod-ports-private: values\.networkGateway of Release .*gateway opens port 15012, /,
    );
  });

  it("values that unharden Istio", async () => {
    const found = await broken({
      istioValues: {
        istiod: { resources: { limits: { memory: null } }, seccompProfile: { type: "Unconfined" } },
        gateway: { containerSecurityContext: { privileged: true } },
      },
    });
    assert.deepEqual([...new Set(found.map((line) => line.split(":")[0]))].sort(), [
      "capabilities-dropped",
      "no-privilege-escalation",
      "resources-set",
      "root-filesystem-read-only",
      "runs-as-non-root",
      "seccomp-profile-set",
    ]);
  });
});
