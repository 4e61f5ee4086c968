import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { labProject } from "../../lab/project";
import { runningProcess } from "../../lab/cluster/process";
import { check, type CheckResult } from "../../mesh/check";
import type { CheckReport } from "../../mesh/check/report";
import type { Finding } from "../../mesh/finding";
import { openMesh } from "../../mesh/open";
import { stackOutputs } from "../../mesh/outputs";
import { cacertsOf, rootAuthority, signedBy } from "../support/certificate-authority";
import { days } from "../support/certificates";
import {
  blocked,
  both,
  object,
  patched,
  removed,
  scaled,
  secretChanged,
  withoutLoadBalancer,
  type Fault,
} from "./faults";
import { lab, mesh, up } from "./support";

/** Kubelets bring a changed Secret to its pods within two minutes. */
const SETTLE_MS = 150_000;
const PAUSE_MS = 500;
const REQUESTS = 40;

async function look(): Promise<CheckResult> {
  const project = labProject();
  return check(project, await openMesh(project), {
    signal: new AbortController().signal,
    requests: REQUESTS,
  });
}

/** `error peer-synced ncloud → nhn`, of everything that isn't in order. */
const said = ({ severity, check: name, cluster, peer }: Finding): string =>
  [severity, name, [cluster, peer].filter(Boolean).join(" → ")].filter(Boolean).join(" ");

const faultsIn = ({ findings }: CheckResult): string[] =>
  findings
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(said)
    .sort();

/** Looks until just these faults are found, with what comes of them, twice in a row. */
async function settle(
  expected: readonly string[],
  following: readonly string[] = [],
): Promise<CheckResult> {
  const wanted = expected.toSorted();
  const deadline = Date.now() + SETTLE_MS;
  let times = 0;
  for (;;) {
    const result = await look();
    const found = faultsIn(result);
    const consequences = new Set(result.consequences.map(({ check: name }) => name));
    const isComplete = following.every((name) => consequences.has(name));
    times = isComplete && found.join() === wanted.join() ? times + 1 : 0;
    if (times === 2) {
      return result;
    }
    if (Date.now() > deadline) {
      assert.deepEqual(found, wanted, JSON.stringify(result.findings, undefined, 2));
      assert.fail(`of ${following.join()} followed only ${[...consequences].join()}`);
    }
    await sleep(PAUSE_MS);
  }
}

/** Breaks something, looks at what is said about it, and mends it again. */
async function proves(
  fault: Fault,
  expected: readonly string[],
  sentence: RegExp,
  following: readonly string[] = [],
): Promise<CheckResult> {
  const mend = await fault();
  let result: CheckResult;
  try {
    result = await settle(expected, following);
    const about = result.findings.filter((finding) => expected.includes(said(finding)));
    assert(
      about.some(({ what }) => sentence.test(what)),
      about.map(({ what }) => what).join("\n"),
    );
    assert(
      about.every(({ why, fix }) => why && fix),
      "every fault says what comes of it, and what to do",
    );
  } finally {
    await mend();
  }
  await settle([]);
  return result;
}

const remoteSecret = "istio-remote-secret-nhn";

describe("check", () => {
  before(async () => {
    await lab("down");
    await up("--with", "none");
    await settle([]);
  });
  after(async () => {
    await lab("down");
  });

  it("finds a new mesh in order, says so, and ends with 0", async () => {
    const { exitCode, stdout } = await mesh("--json", "check", "--requests", "200");
    assert.equal(exitCode, 0, stdout);
    const report = JSON.parse(stdout) as CheckReport;
    assert.deepEqual([report.counts.error, report.counts.warning], [0, 0]);
    for (const { from, to } of report.traffic) {
      const answers = Object.values(to).map((cell) => cell.answers);
      assert.equal(
        answers.reduce((sum, count) => sum + count),
        200,
        from,
      );
      assert(answers.every((count) => count > 0));
    }
    const directions = report.findings.filter(({ peer }) => peer !== undefined).map(said);
    for (const name of ["remote-secret", "remote-token", "peer-synced", "peer-gateway"]) {
      assert(directions.includes(`ok ${name} ncloud → nhn`), name);
      assert(directions.includes(`ok ${name} nhn → ncloud`), name);
    }
  });

  it("names istiod where it is scaled to 0", () =>
    proves(scaled("ncloud", "istiod"), ["error istiod-ready ncloud"], /^istiod is scaled to 0\.$/));

  it("names a remote secret that is missing, once, with what comes of it", async () => {
    const { findings } = await proves(
      removed("ncloud", object("v1", "Secret", remoteSecret)),
      ["error remote-secret ncloud → nhn"],
      /^There is no remote secret for nhn\.$/,
      ["peer-synced", "echo"],
    );
    const cause = findings.find(({ check: name }) => name === "remote-secret");
    assert.match(cause?.why ?? "", /Because of it fail: .*echo.*\(ncloud → nhn\)/);
  });

  it("names a remote secret whose token is wrong", () =>
    proves(
      secretChanged(
        "ncloud",
        remoteSecret,
        ({ nhn = "" }) => ({ nhn: nhn.replace(/token: \S+/, "token: wrong") }),
        "to mend",
      ),
      ["error remote-token ncloud → nhn"],
      /^The API server of nhn doesn't know the token \(401\)\.$/,
    ));

  it("names a remote secret whose key is another cluster's ID", () =>
    proves(
      secretChanged("ncloud", remoteSecret, ({ nhn = "" }) => ({ nhm: nhn }), "to mend"),
      ["error remote-secret ncloud → nhn"],
      /has its kubeconfig under nhm, not under nhn\.$/,
    ));

  it("names a right that the reader lost", () =>
    proves(
      async () => {
        const target = object(
          "rbac.authorization.k8s.io/v1",
          "ClusterRole",
          "mesh-peer-ncloud",
          "",
        );
        const rule = { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] };
        return removed("nhn", target, (role) => ({ ...role, rules: [rule] }) as typeof role)();
      },
      ["error remote-token ncloud → nhn"],
      /^system:serviceaccount:mesh-peer-ncloud:istio-reader may not read namespaces, services/,
    ));

  it("names the cluster with another root, even before anything fails", async () => {
    const root = await rootAuthority("another root");
    const files = await cacertsOf(root, await signedBy(root, "nhn"));
    const roots = await stackOutputs(labProject(), "trust", new AbortController().signal);
    await proves(
      secretChanged("nhn", "cacerts", () => files, "both"),
      // Of two clusters only the trust stack knows which is right.
      [roots === undefined ? "error root-ca" : "error root-ca nhn"],
      /trusts root|trust different roots/,
    );
  });

  it("names a CA that ends soon, one with another's key, and the root that both come from", async () => {
    const root = await rootAuthority("another root");
    const soon = await cacertsOf(root, await signedBy(root, "nhn", days(10)));
    const other = await cacertsOf(root, await signedBy(root, "nhn"));
    const roots = await stackOutputs(labProject(), "trust", new AbortController().signal);
    const stranger = roots === undefined ? "error root-ca" : "error root-ca nhn";
    await proves(
      secretChanged("nhn", "cacerts", () => soon),
      [stranger, "warning ca-expiry nhn"],
      /^The intermediate is valid for 9 more days, until \d{4}-\d\d-\d\d\.$|10 more days/,
    );
    await proves(
      secretChanged("nhn", "cacerts", (files) => ({
        ...files,
        "ca-key.pem": other["ca-key.pem"] as string,
      })),
      ["error intermediate-ca nhn"],
      /^ca-key\.pem in the Secret cacerts is not the key of caCert\.$/,
    );
  });

  it("names a gateway's Service that no load balancer serves", () =>
    proves(
      removed("nhn", object("v1", "Service", "istio-eastwestgateway"), withoutLoadBalancer),
      ["error gateway-address nhn"],
      /has no address yet\.$/,
    ));

  it("names a gateway that is scaled to 0", () =>
    proves(
      scaled("nhn", "istio-eastwestgateway"),
      ["error gateway-ready nhn"],
      /^istio-eastwestgateway is scaled to 0\.$/,
    ));

  it("names the direction in which packets to 15443 are dropped", () =>
    proves(
      blocked("ncloud", "nhn"),
      ["error gateway-reachable ncloud → nhn"],
      /^198\.18\.102\.\d+ doesn't answer: /,
    ));

  it("names a cluster whose gateway is closed", () =>
    proves(
      removed("nhn", object("networking.istio.io/v1", "Gateway", "cross-network-gateway")),
      ["error cross-network-gateway nhn"],
      /^No Gateway opens port 15443\.$/,
    ));

  it("names a namespace that is labelled as another network", () =>
    proves(
      patched(
        "nhn",
        object("v1", "Namespace", "istio-system", ""),
        { metadata: { labels: { "topology.istio.io/network": "elsewhere" } } },
        { metadata: { labels: { "topology.istio.io/network": "nhn" } } },
      ),
      ["error network nhn"],
      /=elsewhere instead of nhn\.$/,
    ));

  it("names an istiod that calls its cluster otherwise", () =>
    proves(
      async () => {
        const target = object("apps/v1", "Deployment", "istiod");
        const env = (value: string) => ({
          spec: {
            template: {
              spec: { containers: [{ name: "discovery", env: [{ name: "CLUSTER_ID", value }] }] },
            },
          },
        });
        return patched("ncloud", target, env("nclowd"), env("ncloud"), "strategic")();
      },
      ["error cluster-id ncloud"],
      /calls? the cluster nclowd, not ncloud\.$/,
    ));

  it("names a policy that takes plain text, and a gateway that is away, both at once", () =>
    proves(
      both(
        patched(
          "ncloud",
          object("security.istio.io/v1", "PeerAuthentication", "default"),
          { spec: { mtls: { mode: "PERMISSIVE" } } },
          { spec: { mtls: { mode: "STRICT" } } },
        ),
        scaled("nhn", "istio-eastwestgateway"),
      ),
      ["error gateway-ready nhn", "error mesh-mtls ncloud"],
      /says PERMISSIVE instead of STRICT\.$/,
    ));

  it("names an echo service without pods", () =>
    proves(scaled("nhn", "echo", "echo"), ["error echo-ready nhn"], /has no pod\.$/));

  it("waits until a fault is mended", async () => {
    const mend = await scaled("nhn", "istio-eastwestgateway")();
    const waiting = mesh("check", "--wait", "2m", "--requests", "20");
    // What it waits for is said every 15 s where there is no terminal.
    await sleep(25_000);
    await mend();
    const { exitCode, stdout } = await waiting;
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /waiting: nhn: istio-eastwestgateway/);
  });

  it("names a cluster whose API server is away, and looks at everything else", async () => {
    const process_ = await runningProcess("nhn", "kube-apiserver");
    process.kill(process_?.pid ?? NaN, "SIGKILL");
    const { sights, findings } = await settle(["error api-server nhn"]);
    assert.equal(sights.length, 2);
    assert(findings.some((finding) => said(finding) === "ok istiod-ready ncloud"));
    assert(findings.some((finding) => said(finding) === "ok echo ncloud → nhn"));
    const { exitCode, stdout } = await mesh("check");
    assert.equal(exitCode, 1);
    assert.match(
      stdout.replace(/\s+/g, " "),
      /https:\/\/198\.18\.0\.12:6443 of nhn .* refuses the connection/,
    );
    await up("--with", "none");
    await settle([]);
  });

  it("refuses a stack that isn't there, and a time that is none", async () => {
    const cases: [string[], RegExp][] = [
      [["check", "gcloud"], /Stack gcloud has no file/],
      [["check", "--wait", "soon"], /Write a duration such as 90s, 5m or 1h/],
      [["check", "--requests", "-1"], /Write a whole number from 0 to 10000/],
    ];
    for (const [args, message] of cases) {
      const { exitCode, stderr } = await mesh(...args);
      assert.match(stderr, message);
      assert.equal(exitCode, 2);
    }
  });
});
