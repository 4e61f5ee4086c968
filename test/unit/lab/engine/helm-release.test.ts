import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FakeApi } from "./fake-api";
import { temporaryFolder, TestStack } from "./support";

const RELEASE = "kubernetes:helm.sh/v3:Release";

describe("Helm releases", () => {
  const folder = temporaryFolder();
  let api: FakeApi;
  let stack: TestStack;
  let provider: string;

  beforeEach(async () => {
    api = await new FakeApi().start();
    mkdirSync(join(folder.path, "chart"));
    writeFileSync(join(folder.path, "chart", "Chart.yaml"), "name: web\nversion: 1.2.3\n");
    stack = new TestStack(folder.path, fakeHelm());
    provider = await stack.cluster("east", api.kubeconfig);
  });
  afterEach(async () => {
    stack.close();
    await api.stop();
  });

  const log = (): string => join(folder.path, "helm.log");

  /** A helm that writes down how it was called, and fails where a file tells it what to say. */
  function fakeHelm(): string {
    const file = join(folder.path, "helm");
    writeFileSync(
      file,
      `#!/bin/sh
cat > ${folder.path}/values.json
echo "$@" >> ${log()}
cp "$KUBECONFIG" ${folder.path}/used.kubeconfig
[ -f ${folder.path}/fail ] && { cat ${folder.path}/fail >&2; exit 1; }
exit 0
`,
    );
    chmodSync(file, 0o755);
    return file;
  }

  const inputs = (more: object = {}): Record<string, unknown> => ({
    compat: "true",
    chart: join(folder.path, "chart"),
    name: "web",
    namespace: "shop",
    values: { a: 1, b: { c: null, d: [] } },
    atomic: true,
    timeout: 60,
    maxHistory: 5,
    ...more,
  });
  const release = (more: object = {}) => stack.register(RELEASE, "web", inputs(more), { provider });
  const helmCalls = (): string[] =>
    existsSync(log()) ? readFileSync(log(), "utf8").trim().split("\n") : [];
  const record = (revision: number, status: string): void =>
    api.put(`/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v${revision}`, {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: `sh.helm.release.v1.web.v${revision}`,
        labels: { owner: "helm", name: "web", version: String(revision), status },
      },
    });
  const next = async (): Promise<void> => {
    provider = await stack.next().cluster("east", api.kubeconfig);
  };

  it("passes arguments as flags, values on standard input, access in a file of its own", async () => {
    const { id } = await release({ version: "1.2.3", repositoryOpts: { repo: "https://r" } });
    assert.equal(id, "shop/web");
    assert.deepEqual(helmCalls(), [
      `upgrade --install web ${join(folder.path, "chart")} --values - --atomic --history-max 5 --version 1.2.3 --wait --repo https://r --namespace shop --timeout 60s`,
    ]);
    assert.deepEqual(JSON.parse(readFileSync(join(folder.path, "values.json"), "utf8")), {
      a: 1,
      b: { d: [] },
    });
    assert.match(readFileSync(join(folder.path, "used.kubeconfig"), "utf8"), /secret-token/);
  });

  it("runs no helm while chart, values and the cluster's revision are what they were", async () => {
    record(1, "deployed");
    const first = await release();
    await next();
    assert.deepEqual((await release()).outputs, first.outputs);
    assert.deepEqual(stack.operations, ["same Provider east", "same Release web"]);
    assert.equal(helmCalls().length, 1);
    assert.deepEqual(first.outputs["status"], {
      name: "web",
      namespace: "shop",
      revision: 1,
      status: "deployed",
      chart: "web",
      version: "1.2.3",
    });
  });

  it("runs helm for another value, another chart file, another revision, another status", async () => {
    record(1, "deployed");
    await release();
    const changes: (() => unknown)[] = [
      () => ({ values: { a: 2 } }),
      () => writeFileSync(join(folder.path, "chart", "values.yaml"), "a: 1\n"),
      () => record(2, "deployed"),
      () => record(2, "failed"),
    ];
    for (const [index, change] of changes.entries()) {
      await next();
      await release(change() as object);
      assert.equal(helmCalls().length, index + 2);
    }
  });

  it("forgets a revision that was cut off, which helm would refuse to touch", async () => {
    record(1, "deployed");
    record(2, "pending-upgrade");
    await release();
    assert.deepEqual(api.changes, [
      "DELETE /api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v2",
    ]);
  });

  it("gives helm's last words as one sentence", async () => {
    writeFileSync(join(folder.path, "fail"), "W1121 warning\nError: UPGRADE FAILED: no\nmatches");
    await assert.rejects(release(), {
      name: "UserError",
      message: "Helm release shop/web on east failed: UPGRADE FAILED: no matches",
    });
  });

  it("refuses arguments that it doesn't know, and releases without a name", async () => {
    await assert.rejects(release({ postrender: "x" }), {
      message:
        "the lab's engine doesn't know the argument postrender of the Helm release web: leave it out",
    });
    await assert.rejects(
      release({ repositoryOpts: { username: "x" } }),
      /argument repositoryOpts\.username/,
    );
    await assert.rejects(release({ name: undefined }), /the Helm release web has no name/);
    assert.deepEqual(helmCalls(), []);
  });

  it("uninstalls what the cluster still has, and nothing else", async () => {
    await release();
    await stack.next().destroy();
    assert.equal(helmCalls().length, 1);
    await next();
    await release();
    record(1, "deployed");
    assert.deepEqual(await stack.next().destroy(), []);
    assert.equal(
      helmCalls().at(-1),
      "uninstall web --ignore-not-found --wait --namespace shop --timeout 300s",
    );
  });

  it("says what is missing where there is no helm", async () => {
    const bare = new TestStack(folder.path, "/nonexistent/helm");
    const cluster = await bare.cluster("east", api.kubeconfig);
    await assert.rejects(bare.register(RELEASE, "web", inputs(), { provider: cluster }), {
      message: "/nonexistent/helm is not there, and web is a Helm release: install helm",
    });
    bare.close();
  });
});
