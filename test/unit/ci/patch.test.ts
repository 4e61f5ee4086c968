import assert from "node:assert/strict";
import { countFiles, markdown } from "../../../ci/patch";

const PATCH = `diff --git a/base/nhn/x.yaml b/head/nhn/x.yaml
new file mode 100644
--- /dev/null
+++ b/head/nhn/x.yaml
@@ -0,0 +1 @@
+kind: Secret
diff --git a/base/nhn/y.yaml b/head/nhn/y.yaml
deleted file mode 100644
diff --git a/base/nhn/z.yaml b/head/nhn/z.yaml
--- a/base/nhn/z.yaml
+++ b/head/nhn/z.yaml
@@ -1 +1 @@
-a: 1
+a: 2
`;

describe("the difference between two renders", () => {
  it("is counted in objects", () => {
    assert.deepEqual(countFiles(PATCH), { added: 1, changed: 1, removed: 1 });
    assert.deepEqual(countFiles(""), { added: 0, changed: 0, removed: 0 });
  });

  it("says of every stack what became of it, and shows the patch", () => {
    const text = markdown([
      { stack: "nhn", patch: PATCH },
      { stack: "trust", patch: "" },
      { stack: "gke", patch: "", problem: "no such stack" },
    ]);
    assert.match(text, /\| `nhn` \| 1 added, 1 changed, 1 removed \|/);
    assert.match(text, /\| `trust` \| the same \|/);
    assert.match(text, /\| `gke` \| no such stack \|/);
    assert(text.includes(`\`\`\`diff\n${PATCH}\`\`\``));
  });

  it("stays within what GitHub shows, and says what it left out", () => {
    const text = markdown(
      [
        { stack: "long", patch: PATCH.repeat(100) },
        { stack: "short", patch: PATCH },
      ],
      2_000,
    );
    assert(text.length < 2_200);
    assert.match(text, /Too long to show: long\./);
    assert.match(text, /<summary>short<\/summary>/);
  });

  it("isn't ended early by a fence within", () => {
    const text = markdown([{ stack: "a", patch: "diff --git a b\n+```\n+````\n" }]);
    assert.match(text, /\n`````diff\n/);
  });
});
