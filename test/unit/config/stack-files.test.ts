import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadStackConfig, mergeConfig } from "../../../config/stack-files";
import { temporaryFolder } from "../lab/engine/support";

const merge = (
  schema: Record<string, unknown>,
  layers: readonly Record<string, unknown>[],
  options: Parameters<typeof mergeConfig>[3] = {},
) =>
  mergeConfig(
    { name: "mesh", schema },
    "dev",
    layers.map((values, index) => ({ name: `layer ${index}`, values })),
    options,
  );

describe("mergeConfig", () => {
  it("puts the stack's value over the project's default, key by key and whole", () => {
    const { config } = merge(
      {
        id: { type: "string", default: "a" },
        pki: { type: "object", default: { days: 1, key: "x" } },
      },
      [{ "mesh:id": "b" }, { "mesh:pki": { days: 2 } }],
    );
    assert.deepEqual(config, { "mesh:id": "b", "mesh:pki": '{"days":2}' });
  });

  it("takes keys without a namespace for the project's", () => {
    assert.deepEqual(merge({}, [{ id: "b", "pulumi:tags": { a: 1 } }]).config, {
      "mesh:id": "b",
      "pulumi:tags": '{"a":1}',
    });
  });

  it("reads `default`, `value` and plain values of Pulumi.yaml alike", () => {
    assert.deepEqual(
      merge(
        {
          typed: { type: "boolean", default: false },
          "pulumi:disable-default-providers": { value: ["kubernetes"] },
          short: 3,
          list: ["a"],
          empty: { type: "string", default: "" },
        },
        [],
      ).config,
      {
        "mesh:typed": "false",
        "pulumi:disable-default-providers": '["kubernetes"]',
        "mesh:short": "3",
        "mesh:list": '["a"]',
        "mesh:empty": "",
      },
    );
  });

  it("names every declared key that has neither default nor value", () => {
    assert.throws(
      () =>
        merge({ b: { type: "string" }, a: { type: "string" }, c: { type: "string" } }, [
          { c: "x" },
        ]),
      { message: "stack dev lacks mesh:a, mesh:b: set them in Pulumi.dev.yaml" },
    );
  });

  it("puts placeholders for encrypted values, nested ones too, and makes their key secret", () => {
    const { config, secretKeys } = merge(
      {},
      [{ "mesh:kubeconfigs": { nhn: { secure: "v1:x" }, ncloud: "text" }, plain: "x" }],
      { placeholder: (path) => `<${path}>` },
    );
    assert.deepEqual(JSON.parse(config["mesh:kubeconfigs"] ?? ""), {
      nhn: "<mesh:kubeconfigs.nhn>",
      ncloud: "text",
    });
    assert.deepEqual(secretKeys, ["mesh:kubeconfigs"]);
  });

  it("refuses encrypted values where nothing stands in for them", () => {
    assert.throws(() => merge({}, [{ token: { secure: "v1:x" } }]), {
      message:
        "mesh:token in layer 0 is encrypted, which only the Pulumi CLI can undo: hand the value over in another file",
    });
  });

  it("keeps secret what Pulumi.yaml or the caller calls secret", () => {
    const { secretKeys } = merge(
      { a: { type: "string", secret: true } },
      [{ a: "1", b: "2", c: "3" }],
      {
        secretKeys: ["b", "absent"],
      },
    );
    assert.deepEqual(secretKeys.toSorted(), ["mesh:a", "mesh:b"]);
  });
});

describe("loadStackConfig", () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): string => {
    const file = join(folder.path, name);
    writeFileSync(file, text);
    return file;
  };

  it("reads project, stack file and further files, the last one winning", () => {
    write("Pulumi.yaml", "name: mesh\nconfig:\n  a: {type: string, default: project}\n  b: x\n");
    write("Pulumi.dev.yaml", "config:\n  mesh:a: stack\n  mesh:b: stack\n");
    const more = write("more.yaml", "config:\n  a: more\n");
    const { project, config } = loadStackConfig(folder.path, "dev", {
      files: [more],
      values: { c: [1] },
    });
    assert.equal(project, "mesh");
    assert.deepEqual(config, { "mesh:a": "more", "mesh:b": "stack", "mesh:c": "[1]" });
  });

  it("does without a stack file, as the CLI does", () => {
    write("Pulumi.yaml", "name: mesh\n");
    assert.deepEqual(loadStackConfig(folder.path, "new").config, {});
  });

  it("says in one sentence which file is missing or no YAML", () => {
    assert.throws(() => loadStackConfig(folder.path, "dev"), /Pulumi\.yaml can't be read/);
    write("Pulumi.yaml", "name: mesh\n");
    write("Pulumi.dev.yaml", "config: [");
    assert.throws(
      () => loadStackConfig(folder.path, "dev"),
      /Pulumi\.dev\.yaml is not YAML \(.+\)/,
    );
  });
});
