import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CLOSED_PORTS,
  CLOUD_NAMES,
  CLOUDS,
  firewallRules,
  type CloudProfile,
} from "../../../config/clouds";
import { schema } from "../../../config/schema";

const root = join(__dirname, "../../..");
const rows: [string, CloudProfile][] = Object.entries(CLOUDS);

/** The name part of an annotation's key and its prefix, as the API server checks them. */
const ANNOTATION_KEY =
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

describe("the table of clouds", () => {
  it("has the rows that mesh:clusters[].cloud takes", () => {
    assert.deepEqual(CLOUD_NAMES, ["ncloud", "nhn", "gke", "minikube", "generic", "lab"]);
    for (const cloud of CLOUD_NAMES) {
      assert(schema.clusters.safeParse([{ name: "a", cloud }]).success, cloud);
    }
  });

  it("is the only place that knows a cloud's name: a new cloud is a new row", () => {
    for (const folder of ["components", "stacks"]) {
      for (const file of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
        if (file.endsWith(".ts")) {
          const literal = new RegExp(`["'\`](${CLOUD_NAMES.join("|")})["'\`]`);
          assert.doesNotMatch(readFileSync(join(root, folder, file), "utf8"), literal, file);
        }
      }
    }
  });

  for (const [name, cloud] of rows) {
    describe(name, () => {
      it("annotates load balancers with what the API server takes: legal keys, texts as values", () => {
        for (const annotations of [cloud.loadBalancer.ingress, cloud.loadBalancer.eastWest]) {
          for (const [key, value] of Object.entries(annotations)) {
            assert.match(key, ANNOTATION_KEY);
            assert.equal(typeof value, "string", key);
          }
        }
      });

      it("asks for no layer 7 anywhere on the way to a gateway", () => {
        const text = JSON.stringify(cloud.loadBalancer).toLowerCase();
        assert.doesNotMatch(text, /"(https?|terminated_https|alb|l7|application)"/);
      });

      it("has a storage class with a driver, or none", () => {
        if (cloud.storageClass !== undefined) {
          assert.match(cloud.storageClass.name, /^[a-z0-9.-]+$/);
          assert.match(cloud.storageClass.provisioner, /^[a-z0-9.-]+(\/[a-z0-9.-]+)?$/);
        }
      });

      it("opens what every mesh needs, each port with its reason, and no port twice alike", () => {
        const rules = firewallRules(cloud);
        for (const id of ["east-west", "api-server", "webhooks"]) {
          assert(rules.some((rule) => rule.id === id));
        }
        assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
        for (const rule of rules) {
          assert(rule.reason.length > 10 && rule.from !== "" && rule.to !== "", rule.id);
          for (const port of rule.ports.flat()) {
            assert(Number.isInteger(port) && port > 0 && port < 65536, rule.id);
          }
        }
      });

      it("never opens to the outside what has to stay closed", () => {
        const closed = CLOSED_PORTS.map(({ port }) => port);
        for (const { id, ports } of firewallRules(cloud).filter(
          (rule) => rule.direction === "in",
        )) {
          for (const port of ports) {
            const [first, last] = typeof port === "number" ? [port, port] : port;
            assert(!closed.some((candidate) => first <= candidate && candidate <= last), id);
          }
        }
      });

      it("says where its facts come from", () => {
        assert(cloud.sources.length > 0);
        for (const source of cloud.sources) {
          assert.match(source, /^(https:\/\/|docs\/)/);
        }
      });
    });
  }
});

describe("the row of NHN", () => {
  it("checks by TCP, often, and with a timeout shorter than the interval, as NHN demands", () => {
    const eastWest: Record<string, string> = CLOUDS.nhn.loadBalancer.eastWest;
    const setting = (key: string) => Number(eastWest[`loadbalancer.nhncloud/healthmonitor-${key}`]);
    assert.equal(eastWest["loadbalancer.nhncloud/healthmonitor-type"], "TCP");
    assert(setting("timeout") < setting("delay"));
    // A dead node is left within 15 seconds.
    assert(setting("delay") * setting("max-retries") + setting("timeout") <= 15);
  });
});
