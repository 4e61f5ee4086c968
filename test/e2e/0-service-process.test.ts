import assert from "node:assert/strict";
import { join } from "node:path";
import { runService } from "./service-process";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

/** Runs the sample service as its image would. */
const run = (variables: Record<string, string> = {}) =>
  runService(join(__dirname, "../unit/apps/service-kit/sample-service.ts"), variables);

describe("a service as a process", () => {
  it("logs what it answered in which trace, no user data, and ends on SIGTERM", async () => {
    const { child, lines, closed } = run();
    const logged: Record<string, unknown>[] = [];
    for await (const line of lines) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      logged.push(entry);
      const base = /^Server listening at (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(entry["msg"]));
      if (base) {
        await fetch(`${base[1]}/people/4711?secret=1`, {
          headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, connection: "close" },
        });
        child.kill("SIGTERM");
      }
    }
    assert.deepEqual(await closed, { code: 0, errors: "" });
    const answered = logged.find(({ msg }) => msg === "answered");
    assert.deepEqual(
      { ...answered, time: 0, milliseconds: 0, reqId: 0, pod: 0 },
      {
        level: 30,
        time: 0,
        service: "sample",
        cluster: "unknown",
        pod: 0,
        reqId: 0,
        traceId: TRACE,
        method: "GET",
        route: "/people/:id",
        status: 200,
        milliseconds: 0,
        msg: "answered",
      },
    );
    assert.ok(!/4711|secret|Kim/.test(JSON.stringify(logged)));
  });

  it("says in one sentence which setting makes no sense", async () => {
    assert.deepEqual(await run({ PORT: "http" }).closed, {
      code: 2,
      errors: 'PORT is "http": write a whole number from 0 to 65535.\n',
    });
  });
});
