import assert from "node:assert/strict";
import { SYSTEM_NAMESPACE } from "../../../../components/istio/constants";
import { CLOUDS } from "../../../../config/clouds";
import { helmObjects, RELEASES } from "../../../../mesh/preflight/helm-objects";
import { ownRights, peerRights, type RightRow } from "../../../../mesh/preflight/rights";
import { ownObjects, readerObjects } from "../../../../mesh/preflight/stack-objects";
import type { Registered } from "../../../support/record";
import { meshOf } from "../../../support/preflight";
import { rawConfig } from "../../../support/config";
import { runClusterStack } from "../../../support/run-stack";

/** Everything that a stack can be told to make, on a cloud that lacks most of it. */
const EVERYTHING = {
  clusters: [{ name: "ncloud", cloud: "nhn" }, { name: "nhn" }],
  echo: true,
  firstSteps: { enabled: true },
  theater: { enabled: true, host: "theater.example.com", entry: "http", storage: "1Gi" },
  bookinfo: {
    enabled: true,
    host: "bookinfo.example.com",
    entry: "http",
    addresses: { ncloud: "192.0.2.1", nhn: "192.0.2.2" },
  },
  clova: { host: "clova.example.com", applicationId: "com.example.mrdebugger" },
  https: { email: "a@example.com" },
  observability: { enabled: true, grafana: { host: "grafana.example.com" } },
  metricsServer: "install",
  ciliumSettings: "apply",
  istioCni: "install",
};

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
}

describe("preflight's tables know all that a stack makes", () => {
  let resources: Registered[];
  const config = meshOf({ ncloud: rawConfig(["ncloud", "nhn"], EVERYTHING) }).members[0]?.settings
    .config;
  before(async () => {
    resources = await runClusterStack(["ncloud", "nhn"], "ncloud", { config: EVERYTHING });
  });

  const metadataOf = ({ inputs }: Registered): Metadata => inputs["metadata"] ?? {};
  const own = (): Registered[] =>
    resources.filter(
      ({ custom, type, name }) =>
        custom &&
        type.startsWith("kubernetes:") &&
        !/Release$|Patch$/.test(type) &&
        // Read, not made.
        !/-(service|existing)$/.test(name),
    );
  const ofCluster = (id: string): Registered[] =>
    own().filter(({ provider }) => provider.split("::").at(-2) === id);

  it("in a stack that makes everything there is to make", () => {
    assert.deepEqual(config?.platform.storageClass?.name, CLOUDS.nhn.storageClass.name);
    assert(resources.some(({ name }) => name === "metrics-server-release"));
    assert(resources.some(({ name }) => name === "cilium-settings-restart"));
  });

  it("by name: every object that isn't in a namespace of the stack's own is in the list", () => {
    const listed = (objects: readonly { readonly what: string }[]) =>
      objects.map(({ what }) => what).sort();
    const made = (id: string) => {
      const namespaces = ofCluster(id)
        .filter(({ type }) => type.endsWith(":Namespace"))
        .map((resource) => metadataOf(resource).name)
        .filter((name) => name !== SYSTEM_NAMESPACE);
      return ofCluster(id)
        .filter((resource) => !namespaces.includes(metadataOf(resource).namespace))
        .map((resource) => ({ kind: resource.type.split(":").at(-1), ...metadataOf(resource) }))
        .filter(({ name, kind }) => name !== SYSTEM_NAMESPACE && kind !== "StorageClass")
        .map(({ kind, namespace, name }) =>
          [kind, [namespace, name].filter(Boolean).join("/")].join(" "),
        )
        .sort();
    };
    assert(config !== undefined);
    assert.deepEqual(made("ncloud"), listed(ownObjects(config)));
    assert.deepEqual(made("nhn"), listed(readerObjects(config)));
  });

  it("by right: there is a row for every kind, where it is made", () => {
    assert(config !== undefined);
    const rows: readonly (readonly [string, readonly RightRow[]])[] = [
      ["ncloud", ownRights(config)],
      ["nhn", peerRights(config)],
    ];
    for (const [id, rights] of rows) {
      for (const resource of ofCluster(id)) {
        const { namespace } = metadataOf(resource);
        const { group, plural } = kindOf(resource.type);
        assert(
          rights.some(
            (row) =>
              row.group === group &&
              row.resource === plural &&
              (row.namespace === undefined || row.namespace === namespace) &&
              row.verbs.includes("create"),
          ),
          `${plural}.${group} in ${namespace ?? "the cluster"}`,
        );
      }
    }
  });

  it("by release: each of ours in istio-system, and no other", () => {
    const made = resources
      .filter(({ type }) => type.endsWith(":Release"))
      .filter(({ inputs }) => inputs["namespace"] === SYSTEM_NAMESPACE)
      .map(({ inputs }) => inputs["name"] as string);
    assert.deepEqual(made.sort(), [...RELEASES].sort());
    assert(config !== undefined);
    assert(helmObjects(config).every(({ release }) => RELEASES.some((name) => name === release)));
  });
});

/** `kubernetes:rbac.authorization.k8s.io/v1:ClusterRole` ⇒ its API group and its plural. */
function kindOf(type: string): { readonly group: string; readonly plural: string } {
  const [, version = "", kind = ""] = type.split(":");
  const group = version.split("/")[0] ?? "";
  const name = kind.toLowerCase();
  return {
    group: group === "core" ? "" : group,
    plural: name.endsWith("s") ? `${name}es` : `${name.replace(/([^aeiou])y$/, "$1ie")}s`,
  };
}
