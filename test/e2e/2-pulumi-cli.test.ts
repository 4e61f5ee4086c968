import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployer } from "../../lab/deploy";
import { hasPulumiCli } from "../../mesh/pulumi-cli";
import { leftovers } from "../../lab/cluster";
import { deployerOptions } from "../../lab/mesh";
import { paths } from "../../lab/paths";
import { labClusters } from "../../lab/topology";
import { answers, assertUnchanged, lab, up } from "./support";

const CLI = ["--engine", "cli"];

describe("the same program under the Pulumi CLI", () => {
  before(async function () {
    if (!(await hasPulumiCli())) {
      console.log("    no Pulumi CLI is installed and none can be fetched: skipped");
      this.skip();
    }
    await lab("down");
  });
  after(async () => {
    await lab("down");
  });

  it("joins the clusters from nothing", async () => {
    const result = await up(...CLI);
    assert.equal(result.engine, "the Pulumi CLI");
    assert.deepEqual(result.verification.problems, []);
    assert(Object.values(answers(result)).every((row) => Object.values(row).every(Boolean)));
  });

  it("changes nothing the second time", async () => {
    const { changes } = await up(...CLI);
    assertUnchanged(changes);
  });

  it("has no key and no token in clear in any state", () => {
    for (const stack of ["trust", "ncloud", "nhn"]) {
      const file = join(paths.run, `pulumi/state/.pulumi/stacks/mesh/${stack}.json`);
      const state = readFileSync(file, "utf8");
      assert.doesNotMatch(state, /PRIVATE KEY|client-key-data|eyJhbGciOi/);
    }
  });

  it("destroys one stack and brings it back", async () => {
    const clusters = labClusters(2);
    const engine = await deployer("cli", await deployerOptions(clusters));
    const { deleted } = await engine.destroy(
      "ncloud",
      () => undefined,
      new AbortController().signal,
    );
    assert(deleted > 20);
    const result = await up(...CLI);
    assert.deepEqual(result.verification.problems, []);
  });

  it("leaves nothing but the cache", async () => {
    assert.equal((await lab("down")).exitCode, 0);
    assert.deepEqual(await leftovers(), []);
  });
});
