import assert from "node:assert/strict";
import { tryAccess } from "../../../../../mesh/check/gather/access";
import { FakeCluster } from "../../../../support/fake-cluster";
import { selfSigned } from "../../../../support/certificates";
import { activeContext } from "../../../../../config/kubeconfig";

const WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const RULES = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

describe("tryAccess", () => {
  const signal = new AbortController().signal;
  let cluster: FakeCluster;
  beforeEach(async () => {
    cluster = await FakeCluster.empty("nhn");
  });
  afterEach(() => cluster.stop());

  it("says who the token is for, and what its user may do", async () => {
    const rules = [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }];
    cluster.replies
      .set(WHO, { status: { userInfo: { username: "reader" } } })
      .set(RULES, { status: { incomplete: false, resourceRules: rules } });
    assert.deepEqual(await tryAccess(cluster.kubeconfig, signal), {
      result: "answered",
      user: "reader",
      rules,
    });
    cluster.replies.set(RULES, { status: { incomplete: true, resourceRules: [] } });
    assert.deepEqual(await tryAccess(cluster.kubeconfig, signal), {
      result: "answered",
      user: "reader",
      rules: undefined,
    });
  });

  it("says that the token is refused", async () => {
    cluster.replies.set(WHO, 401);
    const access = await tryAccess(cluster.kubeconfig, signal);
    assert.equal(access.result, "refused");
    assert.equal(access.status, 401);
  });

  it("tells a server that isn't there from one with another certificate", async () => {
    const kubeconfig = cluster.kubeconfig;
    const ca = activeContext(kubeconfig, "it").caData as string;
    const other = Buffer.from((await selfSigned("other")).certificate).toString("base64");
    assert.equal((await tryAccess(kubeconfig.replace(ca, other), signal)).result, "untrusted");
    await cluster.stop();
    assert.equal((await tryAccess(kubeconfig, signal)).result, "unreachable");
  });
});
