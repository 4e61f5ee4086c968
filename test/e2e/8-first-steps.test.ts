import assert from "node:assert/strict";
import { BOOKINFO } from "../../components/bookinfo/constants";
import { LABELS, LESSONS } from "../../components/lessons/constants";
import { findPod } from "../../kube/pod-exec";
import { HELLO_HOST } from "../../lab/stack-configs";
import { labClusters } from "../../lab/topology";
import { ask, gatewayHost } from "./http";
import { clientOf } from "./faults";
import { lab, up } from "./support";

const [cluster = assert.fail()] = labClusters(1);
const NODE_PORT = 30_080;

const greets = ({ status, text }: { status: number; text: string }): void => {
  assert.equal(status, 200, text);
  const { greeting, pod } = JSON.parse(text) as { greeting: string; pod: string };
  assert.equal(greeting, "Hello");
  assert.match(pod, /^hello-/);
};

describe("the first steps, on one cluster", () => {
  before(async () => {
    await lab("down");
    await up("--engine", "stand-in", "--clusters", "1", "--with", "bookinfo,first-steps");
  });
  after(async () => {
    await lab("down");
  });

  it("NodePort: the node's port answers, with the ConfigMap's greeting", async () => {
    greets(await ask(cluster.nodeIp, "/", { port: NODE_PORT }));
  });

  it("Ingress: so does its host at the mesh's gateway, and no other host", async () => {
    const gateway = await gatewayHost(cluster.name);
    greets(await ask(gateway, "/", { headers: { host: HELLO_HOST } }));
    assert.equal((await ask(gateway, "/", { headers: { host: "other.example" } })).status, 404);
  });

  it("Secret: its token opens what is closed to others", async () => {
    const { core } = await clientOf(cluster.name);
    const { data } = await core.readNamespacedSecret({
      namespace: LESSONS.namespace,
      name: LESSONS.app,
    });
    const token = Buffer.from(data?.["token"] ?? "", "base64").toString("utf8");
    assert.match(token, /^[A-Za-z0-9]{32}$/);
    const secret = (authorization: string) =>
      ask(cluster.nodeIp, "/secret", { port: NODE_PORT, headers: { authorization } });
    assert.equal((await secret(`Bearer ${token}`)).status, 200);
    assert.equal((await secret("Bearer guess")).status, 401);
  });

  it("Deployment: a pod that is deleted has a successor", async () => {
    const client = await clientOf(cluster.name);
    const selector = `app=${LABELS.app}`;
    await client.core.deleteCollectionNamespacedPod({
      namespace: LESSONS.namespace,
      labelSelector: selector,
    });
    for (
      const deadline = Date.now() + 60_000;
      (await findPod(client, LESSONS.namespace, selector)) === undefined;
    ) {
      assert(Date.now() < deadline, "no successor");
    }
  });

  it("Istio: the sample's pods have their proxy, the first steps' have none", async () => {
    const client = await clientOf(cluster.name);
    const containers = async (namespace: string, selector: string) => {
      const pod = await findPod(client, namespace, selector);
      return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])].map(
        ({ name }) => name,
      );
    };
    assert((await containers(BOOKINFO.namespace, "app=details")).includes("istio-proxy"));
    assert.deepEqual(await containers(LESSONS.namespace, `app=${LABELS.app}`), ["hello"]);
  });
});
