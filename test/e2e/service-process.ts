import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Runs a service of ours as its image does, on free ports. */
export function runService(file: string, variables: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    env: {
      ...process.env,
      PORT: "0",
      MANAGEMENT_PORT: "0",
      DRAIN_MILLISECONDS: "0",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const closed = once(child, "close").then(([code]) => ({ code: code as number, errors }));
  return { child, lines: createInterface(child.stdout), closed };
}
