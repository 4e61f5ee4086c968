import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Environment, SettingsError, type Service } from "@istio-multicloud/service-kit";
import { createHello, readSettings } from "../../../../apps/hello/src/hello";

describe("hello", () => {
  const folder = mkdtempSync(join(tmpdir(), "hello-"));
  const TOKEN_FILE = join(folder, "token");
  let service: Service;
  const ask = (url: string, authorization?: string) =>
    service.app.inject({ url, headers: authorization === undefined ? {} : { authorization } });

  before(async () => {
    service = await createHello(
      readSettings(
        new Environment({ GREETING: "Hi", POD_NAME: "pod-1", TOKEN_FILE, LOG_LEVEL: "silent" }),
      ),
    );
  });
  beforeEach(() => {
    writeFileSync(TOKEN_FILE, "sesame\n");
  });
  after(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  it("says the ConfigMap's greeting, and which pod says it", async () => {
    assert.deepEqual((await ask("/")).json(), { greeting: "Hi", pod: "pod-1" });
  });

  it("tells its secret to who brings the Secret's token, and to nobody else", async () => {
    assert.deepEqual((await ask("/secret", "Bearer sesame")).json(), {
      greeting: "Hi, you know the token.",
    });
    for (const wrong of [undefined, "sesame", "Bearer ", "Bearer sesam", "Basic sesame"]) {
      const answer = await ask("/secret", wrong);
      assert.equal(answer.statusCode, 401);
      assert.equal(answer.headers["www-authenticate"], "Bearer");
      assert(!answer.body.includes("you know"));
    }
  });

  it("takes a new token at once, and says nothing while there is none", async () => {
    writeFileSync(TOKEN_FILE, "other");
    assert.equal((await ask("/secret", "Bearer other")).statusCode, 200);
    assert.equal((await ask("/secret", "Bearer sesame")).statusCode, 401);
    rmSync(TOKEN_FILE);
    assert.equal((await ask("/secret", "Bearer other")).statusCode, 503);
  });

  it("doesn't start without knowing where the token is", () => {
    assert.throws(() => readSettings(new Environment({})), SettingsError);
  });
});
