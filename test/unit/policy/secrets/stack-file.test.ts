import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { encryptedConfig } from "../../../../policy/secrets/encrypted-config";
import { plainSecrets } from "../../../../policy/secrets/stack-file";
import { kubeconfig } from "../../../support/config";

const text = kubeconfig("https://192.0.2.1:6443");
const paths = (config: unknown) => plainSecrets(config, "mesh").map(({ path }) => path);

describe("plainSecrets", () => {
  it("passes encrypted values, paths, and what is no secret", () => {
    assert.deepEqual(
      paths({
        "mesh:kubeconfigs": { ncloud: { secure: "v1:abc" }, nhn: "~/.kube/nhn.yaml" },
        "mesh:remoteKubeconfigs": { secure: "v1:def" },
        "mesh:meshId": "mesh1",
        "mesh:clusters": [{ name: "ncloud" }],
        "mesh:cacerts": {},
      }),
      [],
    );
  });

  it("finds what is secret by its key", () => {
    assert.deepEqual(
      paths({
        "mesh:kubeconfigs": { ncloud: text, nhn: "anything" },
        "mesh:remoteKubeconfigs": { gke: text },
        "mesh:cacerts": { caKey: "KEY", rootCert: "CERT" },
      }),
      [
        "mesh:kubeconfigs.ncloud",
        "mesh:kubeconfigs.nhn",
        "mesh:remoteKubeconfigs.gke",
        "mesh:cacerts.caKey",
        "mesh:cacerts.rootCert",
      ],
    );
  });

  it("finds what is secret by what it is, under any key", () => {
    assert.deepEqual(paths({ "other:list": [{ deep: text }], "other:name": "x" }), [
      "other:list[0].deep",
    ]);
  });

  it("looks into what the project's file declares", () => {
    assert.deepEqual(
      paths({
        kubeconfigs: { type: "object", default: { nhn: text } },
        "pulumi:x": { value: text },
      }),
      ["mesh:kubeconfigs.nhn", "pulumi:x"],
    );
    assert.deepEqual(paths({ kubeconfigs: { type: "object", default: {} } }), []);
  });

  it("takes a file without configuration for one without secrets", () => {
    assert.deepEqual(paths(undefined), []);
    assert.deepEqual(paths(null), []);
  });
});

describe("config-encrypted", () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "mesh",
      "ncloud",
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const judge = (type: string, config: { projectDir?: string } = { projectDir: folder }) => {
    const found: string[] = [];
    const args = {
      type,
      getConfig: () => config,
      notApplicable(reason: string): never {
        throw new Error(reason);
      },
    } as unknown as ResourceValidationArgs;
    void (encryptedConfig.validateResource as ResourceValidation)(args, (sentence) =>
      found.push(sentence),
    );
    return found;
  };
  const write = (file: string, config: unknown) =>
    writeFileSync(join(folder, file), stringify({ config }));

  it("judges the project's and the stack's file, once a run", () => {
    write("Pulumi.yaml", { kubeconfigs: { default: { nhn: text } } });
    write("Pulumi.ncloud.yaml", { "mesh:kubeconfigs": { ncloud: text } });
    write("Pulumi.nhn.yaml", { "mesh:kubeconfigs": { nhn: text } });
    assert.deepEqual(judge("pulumi:pulumi:Stack"), [
      "Pulumi.yaml at mesh:kubeconfigs.nhn holds a kubeconfig in plain text: set it by pulumi config set --secret --path 'mesh:kubeconfigs.nhn', or write the path of a file",
      "Pulumi.ncloud.yaml at mesh:kubeconfigs.ncloud holds a kubeconfig in plain text: set it by pulumi config set --secret --path 'mesh:kubeconfigs.ncloud', or write the path of a file",
    ]);
    assert.deepEqual(judge("kubernetes:core/v1:Secret"), []);
  });

  it("finds the files in the folder that the CLI was called in, if it is the project's", () => {
    const before = { ...process.env };
    process.env["PWD"] = folder;
    try {
      writeFileSync(join(folder, "Pulumi.yaml"), "name: another");
      write("Pulumi.ncloud.yaml", { "mesh:kubeconfigs": { ncloud: text } });
      // Another project's folder: this checkout's own files are read, which are in order.
      assert.deepEqual(judge("pulumi:pulumi:Stack", {}), []);
      writeFileSync(join(folder, "Pulumi.yaml"), "name: mesh");
      assert.equal(judge("pulumi:pulumi:Stack", {}).length, 1);
    } finally {
      process.env = before;
    }
  });

  it("says where it finds none", async () => {
    await pulumi.runtime.setMocks(
      { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
      "unheard-of",
      "ncloud",
    );
    assert.throws(() => judge("pulumi:pulumi:Stack", {}), /Set projectDir .* project unheard-of's/);
  });

  it("passes a stack without a file", () => {
    assert.deepEqual(judge("pulumi:pulumi:Stack"), []);
  });
});
