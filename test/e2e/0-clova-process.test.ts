import assert from "node:assert/strict";
import { join } from "node:path";
import { runService } from "./service-process";
import { sign } from "../../apps/clova/src/signature/sign";
import { cekKeys } from "../unit/apps/clova/keys";
import { APPLICATION_ID, editable, fixture, FIXTURES } from "../unit/apps/clova/support";

const keys = cekKeys();

/** Runs the extension as its image does. */
const run = (variables: Record<string, string>) =>
  runService(join(__dirname, "../../apps/clova/src/server.ts"), {
    LOG_LEVEL: "trace",
    ...variables,
  });

/** Everything in the fixtures that says who somebody is, or what they said. */
const PERSONAL =
  /V0qe|K9xz|XHap|LqPz|096e6b27|a29cfead|e5464288|cdb56a98|페퍼로니|OrderPizza|203\.0\.113/;

async function post(url: string, body: Buffer, signature: string): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json;charset=UTF-8",
      "x-forwarded-for": "203.0.113.7",
      SignatureCEK: signature,
      connection: "close",
    },
  });
  await response.text();
  return response.status;
}

describe("the Clova extension as a process", () => {
  it("logs every answer, nothing of who asked what, and ends on SIGTERM", async () => {
    const { child, lines, closed } = run({
      CLOVA_APPLICATION_IDS: APPLICATION_ID,
      CLOVA_PUBLIC_KEY: keys.pem,
      CLOVA_REPLAY_SECONDS: "0",
      RASPBERRY_PI_URL: "http://127.0.0.1:9",
    });
    const other = editable("launch");
    other.context.System.application.applicationId = "com.example.other";
    const raspberryPi = editable("intent");
    raspberryPi.request["intent"] = { name: "TurnOnRaspberryPi", slots: null };
    const bodies = [
      ...FIXTURES.map(fixture),
      ...[other, raspberryPi].map((message) => Buffer.from(JSON.stringify(message))),
      fixture("launch").subarray(0, -20),
    ];
    let log = "";
    for await (const line of lines) {
      log += `${line}\n`;
      const { msg } = JSON.parse(line) as { msg: string };
      const base = /^Server listening at (http:\/\/127\.0\.0\.1:\d+)$/.exec(msg)?.[1];
      // The second one that listens is for probes.
      if (base !== undefined && log.split("Server listening").length === 2) {
        const statuses: number[] = [];
        for (const body of bodies) {
          statuses.push(await post(base, body, sign(body, keys.privateKey)));
        }
        assert.deepEqual(statuses, [...FIXTURES.map(() => 200), 403, 200, 400]);
        assert.equal(await post(base, fixture("launch"), "AAAA"), 401);
        child.kill("SIGTERM");
      }
    }
    assert.deepEqual(await closed, { code: 0, errors: "" });
    assert.equal(log.split('"answered"').length - 1, bodies.length + 1);
    assert.match(log, /The Raspberry Pi gave no answer/);
    assert.doesNotMatch(log, PERSONAL);
  });
});
