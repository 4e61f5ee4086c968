import assert from "node:assert/strict";
import type { KubeObject } from "../../../../lab/engine/kube-client";
import { FakeApi } from "./fake-api";
import { temporaryFolder, TestStack, urnOf } from "./support";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const namespace = (name: string, labels?: object) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const configMap = (data: object, name = "settings") => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "shop" },
  data,
});
const PATH = "/api/v1/namespaces/shop/configmaps/settings";

describe("Kubernetes resources", () => {
  const folder = temporaryFolder();
  let api: FakeApi;
  let stack: TestStack;
  let provider: string;

  beforeEach(async () => {
    api = await new FakeApi().start();
    stack = new TestStack(folder.path);
    provider = await stack.cluster("east", api.kubeconfig);
  });
  afterEach(async () => {
    stack.close();
    await api.stop();
  });

  const next = async (): Promise<void> => {
    provider = await stack.next().cluster("east", api.kubeconfig);
    stack.events.length = 0;
    api.calls.length = 0;
  };
  const apply = (type: string, name: string, inputs: object, more: object = {}) =>
    stack.register(type, name, inputs as Record<string, unknown>, { provider, ...more });

  it("creates, finds unchanged, updates, and gives the live object as outputs", async () => {
    const { outputs, id } = await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    assert.equal(id, "shop/settings");
    assert.match(String((outputs as unknown as KubeObject).metadata.uid), /^uid-/);
    assert.equal("managedFields" in (outputs["metadata"] as object), false);
    await next();
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    assert.deepEqual(stack.operations, ["same ConfigMap settings"]);
    await next();
    await apply(CONFIG_MAP, "settings", configMap({ a: "2" }));
    assert.deepEqual(stack.operations, ["update ConfigMap settings"]);
    assert.deepEqual(api.object(PATH)?.["data"], { a: "2" });
  });

  it("puts right what others changed or removed, although the program asks for the same", async () => {
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    api.remove(PATH);
    await next();
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    assert.deepEqual(stack.operations, ["create ConfigMap settings"]);
  });

  it("refuses an object that exists and is not its own, unless the provider adopts", async () => {
    api.put(PATH, configMap({ theirs: "1" }));
    await assert.rejects(apply(CONFIG_MAP, "settings", configMap({ a: "1" })), {
      name: "UserError",
      message:
        "ConfigMap shop/settings on east exists already and is not this stack's: remove it, or give settings another name",
    });
    assert.deepEqual(api.changes, []);
    const adopting = await stack.cluster("adopting", api.kubeconfig, {
      upsertExistingObjects: "true",
    });
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }), { provider: adopting });
    assert.deepEqual(api.object(PATH)?.["data"], { theirs: "1", a: "1" });
  });

  it("takes an object of an earlier lab for its own when the state is lost", async () => {
    api.put(PATH, configMap({ a: "0" }), "pulumi-lab");
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    assert.deepEqual(stack.operations.slice(-1), ["update ConfigMap settings"]);
  });

  it("previews from the state alone, and changes nothing", async () => {
    await apply(CONFIG_MAP, "same", configMap({}, "same"));
    await apply(CONFIG_MAP, "changed", configMap({ a: "1" }, "changed"));
    await apply(CONFIG_MAP, "gone", configMap({}, "gone"));
    stack.next({ isPreview: true });
    api.calls.length = 0;
    const before = stack.state.list();
    await stack.cluster("east", api.kubeconfig);
    await apply(CONFIG_MAP, "same", configMap({}, "same"));
    await apply(CONFIG_MAP, "changed", configMap({ a: "2" }, "changed"));
    const { outputs } = await apply(CONFIG_MAP, "new", configMap({}, "new"));
    await stack.prune();
    assert.deepEqual(stack.operations, [
      "same Provider east",
      "same ConfigMap same",
      "update ConfigMap changed",
      "create ConfigMap new",
      "delete ConfigMap gone",
    ]);
    assert.deepEqual(outputs["metadata"], { name: "new", namespace: "shop" });
    assert.deepEqual([api.calls, stack.state.list()], [[], before]);
  });

  describe("after a run that was killed", () => {
    const urn = urnOf(CONFIG_MAP, "settings");

    beforeEach(async () => {
      api.faults.push({ call: /^PATCH/, status: 500, message: "killed here" });
      await assert.rejects(apply(CONFIG_MAP, "settings", configMap({ a: "1" })));
      assert.equal(stack.state.get(urn)?.pending, true);
      await next();
    });

    it("finishes what was begun", async () => {
      await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
      assert.deepEqual(stack.operations, ["create ConfigMap settings"]);
      assert.equal(stack.state.get(urn)?.pending, undefined);
    });

    it("prunes what was made and is no longer wanted", async () => {
      api.put(PATH, configMap({ a: "1" }), "pulumi-lab");
      assert.deepEqual(await stack.prune(), []);
      assert.equal(api.object(PATH), undefined);
      assert.equal(stack.state.get(urn), undefined);
    });

    it("leaves what somebody else has made in the meantime", async () => {
      api.put(PATH, configMap({ theirs: "1" }));
      await assert.rejects(
        apply(CONFIG_MAP, "settings", configMap({ a: "1" })),
        /exists already and is not this stack's/,
      );
      await next();
      assert.deepEqual(await stack.prune(), []);
      assert.deepEqual(api.object(PATH)?.["data"], { theirs: "1" });
    });
  });

  it("deletes and makes anew what may not change in place", async () => {
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    const before = api.object(PATH)?.metadata.uid;
    await next();
    api.faults.push({ call: /^PATCH/, status: 422, message: "spec.x: field is immutable" });
    await apply(CONFIG_MAP, "settings", configMap({ a: "2" }));
    assert.deepEqual(stack.operations, ["replace ConfigMap settings"]);
    assert.deepEqual(api.changes, [`PATCH ${PATH}`, `DELETE ${PATH}`, `PATCH ${PATH}`]);
    assert.notEqual(api.object(PATH)?.metadata.uid, before);
  });

  it("removes the object under its old name when the name changes", async () => {
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }));
    await next();
    await apply(CONFIG_MAP, "settings", configMap({ a: "1" }, "renamed"));
    assert.deepEqual(stack.operations, ["replace ConfigMap settings"]);
    assert.equal(api.object(PATH), undefined);
    assert.ok(api.object("/api/v1/namespaces/shop/configmaps/renamed"));
  });

  it("applies stringData as data, so that later keys can go again", async () => {
    const secret = (stringData: object) => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", namespace: "shop" },
      stringData,
    });
    const { secretOutputs } = await apply(SECRET, "s", secret({ a: "text", b: "more" }));
    assert.deepEqual(secretOutputs, ["data", "stringData"]);
    await next();
    await apply(SECRET, "s", secret({ a: "text" }));
    assert.deepEqual(api.object("/api/v1/namespaces/shop/secrets/s")?.["data"], { a: "dGV4dA==" });
  });

  it("waits until a Deployment is rolled out, and says what for", async () => {
    api.additions["Deployment"] = {};
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop" },
      spec: { selector: { matchLabels: { app: "web" } } },
    };
    const path = "/apis/apps/v1/namespaces/shop/deployments/web";
    const done = apply(DEPLOYMENT, "web", deployment);
    setTimeout(() => {
      const status = {
        observedGeneration: 1,
        replicas: 1,
        updatedReplicas: 1,
        availableReplicas: 1,
      };
      api.put(path, { status }, "controller");
    }, 150);
    await done;
    const said = stack.events.filter((event) => event.type === "progress");
    assert.deepEqual(
      said.map(({ message, cluster }) => [message, cluster]),
      [["waiting for pods, 0 of 1 ready", "east"]],
    );
  });

  it("names the pods' trouble when the time is over", async () => {
    api.additions["Deployment"] = {};
    api.put("/api/v1/namespaces/shop/pods/web-1", {
      kind: "Pod",
      metadata: { name: "web-1", labels: { app: "web" } },
      status: { containerStatuses: [{ state: { waiting: { reason: "ImagePullBackOff" } } }] },
    });
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "shop" },
      spec: { selector: { matchLabels: { app: "web" } } },
    };
    await assert.rejects(apply(DEPLOYMENT, "web", deployment, { timeoutSeconds: 0.1 }), {
      message:
        "Deployment shop/web on east waited for pods, 0 of 1 ready for 0.1 s (web-1: ImagePullBackOff): see kubectl describe",
    });
  });

  it("waits for a kind whose definition is just coming, and for a webhook that is starting", async () => {
    const gateway = {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "g", namespace: "shop" },
    };
    setTimeout(
      () => api.groups.set("/apis/networking.istio.io/v1", { Gateway: ["gateways", true] }),
      100,
    );
    api.faults.push({
      call: /^PATCH .*gateways/,
      status: 500,
      message: 'failed calling webhook "validation.istio.io"',
    });
    await apply("kubernetes:networking.istio.io/v1:Gateway", "g", gateway);
    assert.ok(api.object("/apis/networking.istio.io/v1/namespaces/shop/gateways/g"));
  });

  it("passes on the API's own words with the object and the cluster", async () => {
    api.faults.push({ call: /^PATCH/, status: 403, message: "exceeded quota" });
    await assert.rejects(apply(CONFIG_MAP, "settings", configMap({})), {
      name: "UserError",
      message: "ConfigMap shop/settings is refused by east: exceeded quota",
    });
  });

  it("has no cluster of its own making", async () => {
    await assert.rejects(apply(CONFIG_MAP, "settings", configMap({}), { provider: undefined }), {
      message:
        "settings has no Kubernetes provider of its own or its parents', so no cluster: pass one in its options",
    });
  });

  it("reads objects of others by their ID without putting them into the state", async () => {
    api.put("/api/v1/namespaces/shop/services/web", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "shop" },
      status: { loadBalancer: { ingress: [{ ip: "198.18.101.10" }] } },
    });
    const query = {
      urn: "u",
      type: "kubernetes:core/v1:Service",
      name: "web",
      provider,
      inputs: {},
    };
    const { outputs } = await stack.read({ ...query, id: "shop/web" });
    assert.deepEqual(outputs["status"], { loadBalancer: { ingress: [{ ip: "198.18.101.10" }] } });
    await assert.rejects(stack.read({ ...query, id: "shop/none" }), {
      message: "web reads Service shop/none on east, which does not exist: create it first",
    });
    assert.equal(stack.state.list().length, 1);
  });

  describe("patches", () => {
    const PATCH = "kubernetes:core/v1:NamespacePatch";

    it("sets its fields on an object of others, and gives them up when it goes", async () => {
      api.put("/api/v1/namespaces/istio-system", namespace("istio-system", { owner: "them" }));
      await apply(PATCH, "label", namespace("istio-system", { network: "n1" }));
      const labels = () => api.object("/api/v1/namespaces/istio-system")?.metadata.labels;
      assert.deepEqual(labels(), { owner: "them", network: "n1" });
      await next();
      await apply(PATCH, "label", namespace("istio-system", { network: "n1" }));
      assert.deepEqual(stack.operations, ["same NamespacePatch label"]);
      await next();
      assert.deepEqual(await stack.prune(), []);
      assert.deepEqual(labels(), { owner: "them" });
    });

    it("needs the object to be there, and makes none when it goes after it", async () => {
      const patch = namespace("absent", { network: "n1" });
      await assert.rejects(apply(PATCH, "label", patch), {
        message:
          "Namespace absent on east does not exist, so label has nothing to patch: create it first",
      });
      api.put("/api/v1/namespaces/absent", namespace("absent"));
      await apply(PATCH, "label", patch);
      api.remove("/api/v1/namespaces/absent");
      assert.deepEqual(await stack.destroy(), []);
      assert.equal(api.object("/api/v1/namespaces/absent"), undefined);
    });

    it("says how to take over fields that others manage", async () => {
      api.put("/api/v1/namespaces/istio-system", namespace("istio-system"));
      api.faults.push({ call: /^PATCH/, status: 409, message: "conflict with them: .x" });
      await assert.rejects(
        apply(PATCH, "label", namespace("istio-system")),
        /has fields of others that the patch would change \(conflict with them: \.x\): change other fields, or annotate the patch with pulumi\.com\/patchForce/,
      );
    });
  });

  describe("removal", () => {
    const everything = async (): Promise<void> => {
      await apply(NAMESPACE, "shop", namespace("shop"));
      await apply(CONFIG_MAP, "a", configMap({}, "a"), {
        dependencies: [urnOf(NAMESPACE, "shop")],
      });
      await apply(CONFIG_MAP, "b", configMap({}, "b"), { dependencies: [urnOf(CONFIG_MAP, "a")] });
    };

    it("prunes what the program no longer registers, dependents first, and nothing else", async () => {
      await everything();
      await next();
      await apply(NAMESPACE, "shop", namespace("shop"));
      assert.deepEqual(await stack.prune(), []);
      assert.deepEqual(stack.operations.slice(1), ["delete ConfigMap b", "delete ConfigMap a"]);
      assert.ok(api.object("/api/v1/namespaces/shop"));
    });

    it("destroys everything in reverse order, with nothing but the state", async () => {
      await everything();
      stack.next();
      assert.deepEqual(await stack.destroy(), []);
      assert.deepEqual(stack.operations, [
        "delete ConfigMap b",
        "delete ConfigMap a",
        "delete Namespace shop",
        "delete Provider east",
      ]);
      assert.deepEqual(stack.state.list(), []);
    });

    it("tolerates what is gone already", async () => {
      await everything();
      api.remove("/api/v1/namespaces/shop/configmaps/a");
      assert.deepEqual(await stack.next().destroy(), []);
    });

    it("leaves what is protected, and says so", async () => {
      await apply(CONFIG_MAP, "a", configMap({}, "a"), { protect: true });
      assert.deepEqual(await stack.next().destroy(), [
        "ConfigMap shop/a is protected: take protect off it and deploy that first",
      ]);
      assert.ok(api.object("/api/v1/namespaces/shop/configmaps/a"));
    });

    it("names the cluster that does not answer and goes on with the others", async () => {
      const peer = await new FakeApi().start();
      const peerProvider = await stack.cluster("peer", peer.kubeconfig);
      await everything();
      await apply(CONFIG_MAP, "c", configMap({}, "c"), { provider: peerProvider });
      await apply(CONFIG_MAP, "d", configMap({}, "d"), { provider: peerProvider });
      const { url, kubeconfig } = peer;
      await peer.stop();
      assert.deepEqual(await stack.next().destroy(), [
        `cluster peer does not answer at ${url} (ECONNREFUSED), so ConfigMap shop/d and 1 more could not be removed: start it and run this again`,
      ]);
      assert.equal(api.object("/api/v1/namespaces/shop"), undefined);
      assert.deepEqual(
        stack.state.list().map(({ name }) => name),
        ["peer", "c", "d"],
      );
      assert.ok(kubeconfig);
    });
  });
});
