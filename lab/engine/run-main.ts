import { createInterface } from "node:readline";
import { captureConsole } from "./console";
import type { RunEvent, RunRequest } from "./protocol";
import { run } from "./run";

/**
 * The child process of one run: reads the request from the first line of standard input and writes
 * an event per line to standard output. The end of standard input, which comes with the end of the
 * parent too, interrupts the run.
 */
const write = process.stdout.write.bind(process.stdout);
const emit = (event: RunEvent): void => void write(`${JSON.stringify(event)}\n`);
captureConsole((severity, message) => emit({ type: "diagnostic", severity, message }));

const interruption = new AbortController();
const input = createInterface({ input: process.stdin });
input.once("line", (line) => {
  const request = JSON.parse(line) as RunRequest;
  process.chdir(request.projectDir);
  // Listening for the parent's end must not keep a program alive that waits for nothing.
  process.stdin.unref();
  void run(request, emit, interruption.signal).then((succeeded) => process.exit(succeeded ? 0 : 1));
});
input.once("close", () => interruption.abort());
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => interruption.abort());
}
