import assert from "node:assert/strict";
import { ClusterApi, type Right } from "../../../../../mesh/preflight/cluster-api";
import { judgeRights, permissions } from "../../../../../mesh/preflight/checks/permissions";
import { readerRights } from "../../../../../mesh/preflight/rights";
import { kubeconfig, rawConfig } from "../../../../support/config";
import { meshOf, said, twoClusters, viewOf } from "../../../../support/preflight";
import { viewsOf } from "../../../../../mesh/preflight/views";

/** An API server that allows what `may` says, and remembers what it was asked. */
function reviewer(may: (right: Right) => boolean): { api: ClusterApi; asked: Right[] } {
  const asked: Right[] = [];
  const api = new ClusterApi(({ body }) => {
    const right = (body as { spec: { resourceAttributes: Right } }).spec.resourceAttributes;
    asked.push(right);
    return Promise.resolve({
      status: 201,
      date: undefined,
      askedAt: new Date(),
      body: { status: { allowed: may(right) } },
    });
  });
  return { api, asked };
}

describe("preflight: permissions", () => {
  const mesh = twoClusters();
  const [own, peer] = viewsOf(mesh);
  const run = async (view: typeof own, api: ClusterApi) =>
    (await permissions.run(mesh, view === undefined ? [] : [{ ...view, api }])).findings;

  it("asks a cluster's administrator one question", async () => {
    const { api, asked } = reviewer(() => true);
    assert.deepEqual(said(await run(own, api)), [
      "ok ncloud: The user of mesh:kubeconfigs.ncloud, which stack ncloud deploys with, has the rights that it takes.",
    ]);
    assert.deepEqual(asked, [{ verb: "*", group: "*", resource: "*" }]);
  });

  it("names the verbs and kinds that are missing", async () => {
    const { api } = reviewer(
      ({ verb, resource }) =>
        verb !== "*" &&
        !(resource === "customresourcedefinitions" && verb !== "get") &&
        !(resource === "secrets" && verb === "delete"),
    );
    assert.deepEqual(said(await run(own, api)), [
      "error ncloud: The user of mesh:kubeconfigs.ncloud, which stack ncloud deploys with, may not delete secrets in istio-system and list/watch/create/update/patch/delete customresourcedefinitions (apiextensions.k8s.io).",
    ]);
  });

  it("warns where the user can't give away rights that it lacks", async () => {
    const { api } = reviewer(({ verb }) => verb !== "*" && verb !== "escalate");
    const [finding, ...rest] = await run(own, api);
    assert.deepEqual(rest, []);
    assert.equal(finding?.severity, "warning");
    assert.match(finding?.what ?? "", /may give istiod and readers only rights that it has itself/);
  });

  it("asks on a peer for what the reader takes, in the reader's namespace", async () => {
    const { api, asked } = reviewer(({ verb }) => verb !== "*");
    assert.deepEqual(said(await run(peer, api)), [
      "ok ncloud nhn: The user of mesh:kubeconfigs.nhn, which stack ncloud makes its reader with, has the rights that it takes.",
    ]);
    assert.deepEqual(
      [...new Set(asked.map(({ namespace, resource }) => `${namespace}/${resource}`))].sort(),
      [
        "mesh-peer-ncloud/secrets",
        "mesh-peer-ncloud/serviceaccounts",
        "undefined/*",
        "undefined/clusterrolebindings",
        "undefined/clusterroles",
        "undefined/namespaces",
      ],
    );
  });

  it("asks a ready-made reader for what istiod reads, and nothing more", async () => {
    const { kubeconfigs } = rawConfig(["ncloud"]);
    const raw = rawConfig(["ncloud", "nhn"], {
      kubeconfigs,
      remoteKubeconfigs: { nhn: kubeconfig("https://192.0.2.9:6443") },
    });
    const provided = viewsOf(meshOf({ ncloud: raw })).find(({ access }) => access === "provided");
    const { api, asked } = reviewer(({ resource }) => resource !== "*" && resource !== "nodes");
    const [finding] = await run(provided, api);
    assert.equal(
      finding?.what,
      "The user of mesh:remoteKubeconfigs.nhn, which stack ncloud gives istiod, may not get/list/watch nodes.",
    );
    const named = asked.filter(({ name }) => name !== undefined);
    assert.deepEqual(
      named.map(({ verb, resource, name, namespace }) => [verb, resource, name, namespace]),
      ["get", "list", "watch"].map((verb) => [verb, "configmaps", "istio", "istio-system"]),
    );
    assert(asked.every(({ verb }) => ["*", "get", "list", "watch"].includes(verb)));
    assert(
      readerRights({ remoteCredentials: "ignore" }).every((row) => row.resource !== "secrets"),
    );
  });

  it("says both at once where both are missing", () => {
    const verdicts = judgeRights(
      { missing: [{ group: "", resource: "pods", verbs: ["get"], reason: "r" }], givesAway: false },
      viewOf(),
    );
    assert.deepEqual(
      verdicts.map(({ severity }) => severity),
      ["error", "warning"],
    );
  });
});
