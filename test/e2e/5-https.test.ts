import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { sampleRequest } from "../../apps/clova/src/sign-command/sample-request";
import { sign } from "../../apps/clova/src/signature/sign";
import { imageArchives, serviceImage, type Extras } from "../../lab/build";
import { deployer } from "../../lab/deploy";
import { ingressTarget, removeRecord, setRecord } from "../../lab/internet";
import { resolveInLab } from "../../lab/internet/resolve";
import { deployerOptions } from "../../lab/mesh";
import { cekKeys } from "../../lab/paths";
import { labProject } from "../../lab/project";
import { CLOVA_APPLICATION_ID, CLOVA_HOST } from "../../lab/stack-configs";
import { labClusters, PUBLIC_DOMAIN } from "../../lab/topology";
import { check } from "../../mesh/check";
import type { Finding } from "../../mesh/finding";
import { openMesh } from "../../mesh/open";
import { clientOf, object } from "./faults";
import { acmeDown, acmeRoot, ordersLimited } from "./https/acme";
import { challenges, isSettled, renew } from "./https/certificates";
import { askPlainly, askSecurely, type Answer } from "./https/visitor";
import { visitsDuring } from "./https/visits";
import { lab, mesh, up } from "./support";

const EXTRAS: Extras = new Set(["https"]);
const CERTIFICATE = "mrdebugger";
const SECOND_HOST = `voice.${PUBLIC_DOMAIN}`;
const THEATER_HOST = `theater.${PUBLIC_DOMAIN}`;
const PATIENCE_MS = 90_000;
const REQUESTS = 24;

const clusters = labClusters(2);
const [entry] = clusters;
assert(entry);
const signal = new AbortController().signal;

/** Asks until the answer is as wanted. */
async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) {
      return answer;
    }
    assert(Date.now() < deadline, `${what}: ${JSON.stringify(answer)}`);
    await sleep(500);
  }
}

/** Deploys both clusters' stacks with these changes to objects of the lab's configuration. */
async function deploy(
  changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  extras = EXTRAS,
): Promise<void> {
  const options = await deployerOptions(clusters, extras);
  const engine = await deployer("stand-in", {
    ...options,
    config(stack) {
      const config = options.config(stack);
      const changed = Object.entries(changes)
        .filter(([key]) => key in config)
        .map(([key, change]): [string, object] => [key, { ...(config[key] as object), ...change }]);
      return { ...config, ...Object.fromEntries(changed) };
    },
  });
  await Promise.all(clusters.map(({ name }) => engine.up(name, false, () => undefined, signal)));
}

/** What `mesh check` says of public hosts. */
async function advice(): Promise<readonly Finding[]> {
  const project = labProject();
  const { findings } = await check(project, await openMesh(project), { signal, requests: 0 });
  return findings.filter(({ check: name }) => name === "https-certificate");
}

const advised = (severity: Finding["severity"], words: RegExp): Promise<readonly Finding[]> =>
  eventually(`${severity} ${words}`, advice, (findings) =>
    findings.some((finding) => finding.severity === severity && words.test(finding.what)),
  );

const request = (): Buffer =>
  Buffer.from(
    JSON.stringify(
      sampleRequest("intent", {
        applicationId: CLOVA_APPLICATION_ID,
        intent: "AnotherTipRequested",
        now: new Date(),
      }),
    ),
  );

describe("HTTPS", () => {
  let roots: string;
  const place: { host: string; address: string } = { host: CLOVA_HOST, address: "" };

  /** Sends a request as CLOVA does. */
  const speak = (body: Buffer, signed = body): Promise<Answer> =>
    askSecurely(place, roots, {
      method: "POST",
      headers: {
        "content-type": "application/json;charset=UTF-8",
        signaturecek: sign(signed, createPrivateKey(readFileSync(cekKeys.privateKey))),
      },
      body,
    });

  /** Clusters whose pods answer, when asked often enough to meet all. */
  async function answering(): Promise<readonly string[]> {
    const found = new Set<string>();
    for (let count = 0; count < REQUESTS; count += 1) {
      const { status, headers } = await speak(request());
      assert.equal(status, 200);
      found.add(String(headers["x-service-cluster"]));
    }
    return [...found].sort();
  }

  before(async () => {
    await lab("down");
    await up("--with", "https", "--engine", "stand-in", "--requests", "50");
    const target = (await ingressTarget(entry)) ?? "";
    const answer = await resolveInLab(target);
    assert(answer.kind === "addresses");
    place.address = answer.addresses[0] ?? "";
    roots = await acmeRoot(entry.name);
  });
  after(async () => {
    await lab("down");
  });

  it("has a certificate soon after the DNS record, and redirects from then on", async () => {
    await advised(
      "ok",
      /^The certificate of clova\.mesh-lab\.test is valid until .* and renews itself\.$/,
    );
    const { status, body } = await askSecurely(place, roots, { path: "/health" });
    assert.deepEqual([status, body], [200, "OK\n"]);
    const redirect = await askPlainly(place, { path: "/some/path?and=query" });
    assert.equal(redirect.status, 301);
    assert.equal(redirect.headers.location, `https://${CLOVA_HOST}/some/path?and=query`);
    const strange = await askPlainly({ ...place, host: "other.example.com" });
    assert.equal(strange.status, 404, "no other host is redirected");
  });

  it("has the service answer a signed request, and refuse one with one other byte", async () => {
    const body = request();
    const { status, body: answer } = await speak(body);
    assert.equal(status, 200);
    const { version, response } = JSON.parse(answer) as {
      version: string;
      response: { outputSpeech: object };
    };
    assert.equal(version, "0.1.0");
    assert(response.outputSpeech);
    const other = Buffer.from(body);
    const at = other.indexOf("sample-user");
    other.writeUInt8((other.readUInt8(at) ?? 0) ^ 1, at);
    assert.equal((await speak(other, body)).status, 401);
    const headers = { "content-type": "application/json" };
    assert.equal((await askSecurely(place, roots, { method: "POST", headers, body })).status, 401);
    assert.equal((await askSecurely(place, roots, { path: "/livez" })).status, 403);
    assert.deepEqual(await answering(), ["ncloud", "nhn"]);
  });

  it("renews the certificate without a failed handshake, past the redirect", async () => {
    const seen: { token: string; status: number; body: string; key: string }[] = [];
    const { count, serials, failures } = await visitsDuring(place, roots, async (visits) => {
      await renew(entry.name, CERTIFICATE);
      const deadline = Date.now() + PATIENCE_MS;
      while (visits().serials.length < 2 && Date.now() < deadline) {
        for (const { token, key } of await challenges(entry.name)) {
          const path = `/.well-known/acme-challenge/${token}`;
          const { status, body } = await askPlainly(place, { path });
          seen.push({ token, status, body, key });
        }
        await sleep(100);
      }
      await sleep(2000);
    });
    assert.deepEqual(failures, []);
    assert.equal(serials.length, 2, `${count} visits`);
    assert(count > 50);
    const answered = seen.filter(({ status }) => status === 200);
    assert(answered.length > 0, JSON.stringify(seen));
    assert(answered.every(({ body, key }) => body === key));
    assert.equal((await askPlainly(place)).status, 301);
  });

  it("tells what to do where the ACME server is down, and goes on by itself", async () => {
    const mend = await acmeDown(entry)();
    try {
      await renew(entry.name, CERTIFICATE);
      await advised(
        "warning",
        /is valid until .*, but not renewed: The ACME server https:\/\/pebble\S+ has not taken the order/,
      );
      assert.equal((await askSecurely(place, roots, { path: "/health" })).status, 200);
    } finally {
      await mend();
    }
    await eventually("renewal", () => isSettled(entry.name, CERTIFICATE), Boolean);
  });

  it("tells what to do where the ACME server refuses by a limit", async () => {
    const mend = await ordersLimited(entry, serviceImage("clova", await imageArchives(EXTRAS)))();
    try {
      await renew(entry.name, CERTIFICATE);
      const findings = await advised(
        "warning",
        /signs no more for clova\.mesh-lab\.test for now \(5 certificates for the same set of hosts in 7 days.*until 2099-01-01/,
      );
      assert(findings.some(({ fix }) => fix?.includes("letsencrypt-staging")));
      const { stdout } = await mesh("check", "--requests", "0");
      assert.match(stdout, /https-certificate/);
    } finally {
      await mend();
    }
    await renew(entry.name, CERTIFICATE);
    await eventually("renewal", () => isSettled(entry.name, CERTIFICATE), Boolean);
    await advised("ok", /renews itself\.$/);
  });

  it("is up at once with a new host, and waits for its DNS record; with the service elsewhere", async () => {
    await removeRecord(clusters, SECOND_HOST);
    await deploy({ "mesh:clova": { host: SECOND_HOST, clusters: ["nhn"] } });
    place.host = SECOND_HOST;
    const [missing] = await advised("error", /^voice\.mesh-lab\.test has no DNS record\.$/);
    assert.match(
      missing?.fix ?? "",
      /^Create the record CNAME \S+\.lb\.mesh-lab\.test; the certificate follows by itself\.$/,
    );
    assert.equal((await askPlainly(place)).status, 503, "nothing is promised that isn't there");

    await setRecord(clusters, { host: SECOND_HOST, target: "198.18.102.99" });
    await advised(
      "error",
      /^voice\.mesh-lab\.test leads to 198\.18\.102\.99, which is not its ingress gateway/,
    );

    await setRecord(clusters, { host: SECOND_HOST, target: (await ingressTarget(entry)) ?? "" });
    await advised("ok", /^The certificate of voice\.mesh-lab\.test is valid until/);
    await eventually(
      "redirect",
      () => askPlainly(place),
      ({ status }) => status === 301,
    );
    assert.deepEqual(await answering(), ["nhn"]);

    await deploy({ "mesh:clova": { host: SECOND_HOST, clusters: ["ncloud"] } });
    assert.deepEqual(await answering(), ["ncloud"]);
  });

  it("gives any other host the same: the theater's", async () => {
    await up("--with", "https,theater", "--engine", "stand-in", "--requests", "50");
    await setRecord(clusters, { host: THEATER_HOST, target: (await ingressTarget(entry)) ?? "" });
    await deploy(
      { "mesh:theater": { host: THEATER_HOST, entry: "https" } },
      new Set(["https", "theater"]),
    );
    await advised("ok", /^The certificate of theater\.mesh-lab\.test is valid until/);
    const theater = { ...place, host: THEATER_HOST };
    const { headers } = await eventually(
      "redirect",
      () => askPlainly(theater, { path: "/movies/" }),
      ({ status }) => status === 301,
    );
    assert.equal(headers.location, `https://${THEATER_HOST}/movies/`);
    const { status, body } = await eventually(
      "users",
      () => askSecurely(theater, roots, { path: "/users/" }),
      (answer) => answer.status === 200,
    );
    assert.equal((JSON.parse(body) as unknown[]).length, 3, `${status}: ${body}`);
    const health = await askSecurely({ ...place, host: CLOVA_HOST }, roots, { path: "/health" });
    assert.equal(health.status, 200);
  });

  it("goes with the configuration that brought it, and leaves the mesh as it was", async () => {
    const { verification } = await up("--with", "none", "--engine", "stand-in", "--requests", "50");
    assert.deepEqual(verification.problems, []);
    assert.deepEqual(await advice(), []);
    const { objects } = await clientOf(entry.name);
    for (const name of ["cert-manager", "mrdebugger"]) {
      await assert.rejects(objects.read(object("v1", "Namespace", name, "")), name);
    }
  });
});
