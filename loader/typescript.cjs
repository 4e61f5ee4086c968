"use strict";

/**
 * Lets Node load this project's TypeScript, each file as it is required.
 *
 * tsx does the same for any package and module kind, and takes as long as loading both Pulumi SDKs to
 * look at their thousands of files; here only `.ts` is touched, and what was translated is kept.
 * Types are removed, not checked: `npm run typecheck` does that.
 */
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const nodeModule = require("node:module");
const { join } = require("node:path");

const project = join(__dirname, "..");
const cache = join(project, "node_modules/.cache/typescript");

// Node 22 keeps what it compiles; 20 can't.
nodeModule.enableCompileCache?.();

const options = {
  loader: "ts",
  format: "cjs",
  platform: "node",
  target: "node20",
  // The stack traces of errors that nobody foresaw name the lines of the source.
  sourcemap: "inline",
  sourcesContent: false,
};

require.extensions[".ts"] = (module, file) => {
  const source = readFileSync(file, "utf8");
  const key = createHash("sha256")
    .update(JSON.stringify([options, file, source]))
    .digest("hex");
  module._compile(
    kept(key, () => translate(source, file)),
    file,
  );
};

function translate(source, file) {
  // Loaded only when something is new: it starts a process.
  const { transformSync } = require("esbuild");
  return transformSync(source, { ...options, sourcefile: file }).code;
}

function kept(key, make) {
  const path = join(cache, `${key}.cjs`);
  try {
    return readFileSync(path, "utf8");
  } catch {
    const code = make();
    try {
      mkdirSync(cache, { recursive: true });
      // Two runs side by side may come to the same file.
      writeFileSync(`${path}.${process.pid}`, code);
      renameSync(`${path}.${process.pid}`, path);
    } catch {
      // A read-only checkout only takes longer.
    }
    return code;
  }
}
