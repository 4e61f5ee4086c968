import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ListValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { policies } from "../../../policy/index";

const PACK = join(__dirname, "../../../policy");

/** The pack as the CLI starts it: from its own folder, by its package's main file. */
describe("the policy pack's process", () => {
  let pack: ChildProcess;
  let client: AnalyzerClient;

  before(async () => {
    pack = spawn(process.execPath, [PACK], {
      cwd: PACK,
      env: { ...process.env, PULUMI_NODEJS_PROJECT: "mesh", PULUMI_NODEJS_STACK: "ncloud" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(pack.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    client = new AnalyzerClient(
      `127.0.0.1:${port.toString().trim()}`,
      credentials.createInsecure(),
    );
  });
  after(() => {
    client.close();
    pack.kill();
  });

  const call = <T>(work: (callback: (error: ServiceError | null, response: T) => void) => void) =>
    new Promise<T>((resolve, reject) => {
      work((error, response) => (error ? reject(error) : resolve(response)));
    });

  it("says which policies it has, at which level and how severe", async () => {
    const info = await call<analyzer.AnalyzerInfo>((done) =>
      client.getAnalyzerInfo(new Empty(), done),
    );
    assert.equal(info.getName(), "istio-multicloud");
    assert.deepEqual(
      info.getPoliciesList().map((policy) => policy.getName()),
      policies.map(({ name }) => name),
    );
    for (const policy of info.getPoliciesList()) {
      assert.notEqual(policy.getSeverity(), 0);
      assert.match(policy.getUrl(), /^https:\/\//);
    }
  });

  const violations = async (): Promise<[string, number][]> => {
    const request = new analyzer.AnalyzeRequest();
    request.setType("kubernetes:security.istio.io/v1:PeerAuthentication");
    request.setName("mesh-mtls");
    request.setUrn(
      "urn:pulumi:ncloud::mesh::kubernetes:security.istio.io/v1:PeerAuthentication::mesh-mtls",
    );
    request.setProperties(
      Struct.fromJavaScript({
        metadata: { name: "default", namespace: "istio-system" },
        spec: { mtls: { mode: "DISABLE" } },
      }),
    );
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    const response = await call<analyzer.AnalyzeResponse>((done) => client.analyze(request, done));
    return response
      .getDiagnosticsList()
      .map((one) => [one.getPolicyname(), one.getEnforcementlevel()]);
  };

  const configure = async (level: analyzer.EnforcementLevel, exempt: string[] = []) => {
    const config = new analyzer.PolicyConfig();
    config.setEnforcementlevel(level);
    const names = new ListValue();
    names.setValuesList(exempt.map((name) => Value.fromJavaScript(name)));
    const properties = new Struct();
    properties.getFieldsMap().set("exempt", new Value().setListValue(names));
    config.setProperties(properties);
    const request = new analyzer.ConfigureAnalyzerRequest();
    request.getPolicyconfigMap().set("strict-mtls", config);
    await call<Empty>((done) => client.configure(request, done));
  };

  it("judges at its own level, or at the one that its configuration says", async () => {
    const { MANDATORY, ADVISORY, DISABLED } = analyzer.EnforcementLevel;
    assert.deepEqual(await violations(), [["strict-mtls", MANDATORY]]);
    await configure(ADVISORY);
    assert.deepEqual(await violations(), [["strict-mtls", ADVISORY]]);
    await configure(DISABLED);
    assert.deepEqual(await violations(), []);
  });

  it("leaves alone what its configuration exempts by name", async () => {
    const { MANDATORY } = analyzer.EnforcementLevel;
    await configure(MANDATORY, ["another"]);
    assert.equal((await violations()).length, 1);
    await configure(MANDATORY, ["mesh-mtls"]);
    assert.deepEqual(await violations(), []);
  });
});
