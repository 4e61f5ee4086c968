import assert from "node:assert/strict";
import { Environment, readServiceSettings } from "@istio-multicloud/service-kit";

const read = (variables: Record<string, string>) =>
  readServiceSettings(new Environment(variables), { port: 8080 });

describe("settings of a service", () => {
  it("have defaults for everything", () => {
    const { port, managementPort, logLevel, cluster } = read({});
    assert.deepEqual(
      { port, managementPort, logLevel, cluster },
      { port: 8080, managementPort: 9090, logLevel: "info", cluster: "unknown" },
    );
  });

  it("take an empty variable for an absent one", () => {
    assert.equal(read({ PORT: "" }).port, 8080);
  });

  for (const [name, value] of [
    ["PORT", "80x"],
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "1e3"],
    ["LOG_LEVEL", "loud"],
    ["DRAIN_MILLISECONDS", "60001"],
  ] as const) {
    it(`refuse ${name}=${value} and say what to write`, () => {
      assert.throws(() => read({ [name]: value }), {
        message: new RegExp(`^${name} is "${value}": write .+\\.$`),
      });
    });
  }

  it("refuse a URL of another protocol without printing it", () => {
    const env = new Environment({ REDIS_URL: "ftp://user:hunter2@redis" });
    assert.throws(
      () => env.url("REDIS_URL", ["redis:", "rediss:"]),
      /^Error: REDIS_URL is no URL that begins with redis:\/\/ or rediss:\/\/\.$/,
    );
  });

  it("name what is lacking", () => {
    assert.throws(() => new Environment({}).text("REDIS_URL"), /^Error: REDIS_URL is not set/);
  });
});
