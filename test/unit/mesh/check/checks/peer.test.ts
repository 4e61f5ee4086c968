import assert from "node:assert/strict";
import { READER_RULES, READER_VERBS } from "../../../../../components/istio/reader-rules";
import type { PeerAccess } from "../../../../../config/model";
import { judgeEndpoints } from "../../../../../mesh/check/checks/peer-endpoints";
import { judgePeerGateway } from "../../../../../mesh/check/checks/peer-gateway";
import { judgeSync } from "../../../../../mesh/check/checks/peer-synced";
import { judgeRemoteSecret } from "../../../../../mesh/check/checks/remote-secret";
import { judgeStrangers } from "../../../../../mesh/check/checks/remote-strangers";
import { judgeAccess } from "../../../../../mesh/check/checks/remote-token";
import type { Access, AccessRule, RemoteSecret, Upstream } from "../../../../../mesh/check/facts";
import { remoteKubeconfig } from "../../../../../config/kubeconfig";
import { kubeconfig } from "../../../../support/config";
import { said, viewOf } from "../../../../support/preflight";

const SERVER = "https://192.0.2.2:6443";
const good = remoteKubeconfig({ clusterId: "nhn", server: SERVER, caData: "QQ==", token: "t" });
const secret = (over: Partial<RemoteSecret> = {}): RemoteSecret => ({
  name: "istio-remote-secret-nhn",
  annotation: "nhn",
  kubeconfigs: { nhn: good },
  ...over,
});
const { cluster: nhn } = viewOf("managed");

describe("check: remote-secret", () => {
  const access: PeerAccess = { kind: "managed", cluster: nhn, server: SERVER };
  const judge = (secrets: RemoteSecret[], to: PeerAccess = access): string[] =>
    said(judgeRemoteSecret(secrets, { id: "nhn" }, to));

  const cases: [string, RemoteSecret[], string | RegExp][] = [
    ["the one", [secret()], `ok: istio-remote-secret-nhn leads to ${SERVER}.`],
    ["none", [], "error: There is no remote secret for nhn."],
    [
      "none but others'",
      [secret({ annotation: "gcloud", name: "x", kubeconfigs: { gcloud: good } })],
      "error: There is no remote secret for nhn.",
    ],
    [
      "another key",
      [secret({ kubeconfigs: { cluster2_name: good } })],
      "error: Remote secret istio-remote-secret-nhn has its kubeconfig under cluster2_name, not under nhn.",
    ],
    [
      "two",
      [secret(), secret({ name: "by-hand" })],
      "error: There are several remote secrets for nhn: istio-remote-secret-nhn and by-hand.",
    ],
    [
      "another server",
      [secret({ kubeconfigs: { nhn: good.replace("192.0.2.2", "192.0.2.9") } })],
      `error: Remote secret istio-remote-secret-nhn leads to https://192.0.2.9:6443, the configuration to ${SERVER}.`,
    ],
    [
      "a way to log in that istiod refuses",
      [secret({ kubeconfigs: { nhn: kubeconfig(SERVER, { exec: { command: "aws" } }) } })],
      'error: Remote secret istio-remote-secret-nhn authenticates by "exec", which istiod refuses.',
    ],
    [
      "an address of the machine itself",
      [secret({ kubeconfigs: { nhn: good.replace("192.0.2.2", "127.0.0.1") } })],
      /127\.0\.0\.1:6443, which the other clusters can't reach\.$/,
    ],
    ["no kubeconfig at all", [secret({ kubeconfigs: { nhn: "nonsense" } })], /is not a kubeconfig/],
  ];
  for (const [what, secrets, expected] of cases) {
    it(`judges ${what}`, () => {
      const [verdict, ...more] = judge(secrets);
      assert.deepEqual(more, []);
      if (typeof expected === "string") {
        assert.equal(verdict, expected);
      } else {
        assert.match(verdict ?? "", expected);
      }
    });
  }

  it("leaves the server of a kubeconfig that was handed over to whoever did", () =>
    assert.deepEqual(
      judge([secret({ kubeconfigs: { nhn: good.replace("192.0.2.2", "192.0.2.9") } })], {
        kind: "provided",
        cluster: nhn,
      }),
      ["ok: istio-remote-secret-nhn leads to https://192.0.2.9:6443."],
    ));
});

describe("check: remote-strangers", () => {
  it("names clusters that aren't in the mesh, but not a peer's under a wrong key", () => {
    const strange = secret({ name: "old", annotation: "old", kubeconfigs: { old: good } });
    const wrongKey = secret({ kubeconfigs: { nhm: good } });
    assert.deepEqual(said(judgeStrangers([secret(), strange, wrongKey], ["ncloud", "nhn"])), [
      "warning: Remote secrets also lead to old (old).",
    ]);
    assert.deepEqual(said(judgeStrangers([secret()], ["ncloud", "nhn"])), [
      "ok: All remote secrets are for clusters of the mesh.",
    ]);
  });
});

describe("check: remote-token", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const rules: AccessRule[] = READER_RULES.map(({ apiGroups, resources, resourceNames }) => ({
    verbs: READER_VERBS,
    apiGroups,
    resources,
    ...(resourceNames && { resourceNames }),
  }));
  const judge = (access: Access, expiry?: Date, remoteCredentials: "read" | "ignore" = "read") =>
    said(judgeAccess(access, { peer: "nhn", expiry, remoteCredentials, now }));
  const answered = (of: readonly AccessRule[] | undefined): Access => ({
    result: "answered",
    user: "reader",
    rules: of,
  });
  const anything = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }];

  const cases: [string, string[], string][] = [
    ["a reader", judge(answered(rules)), "ok: reader is let in."],
    ["one who may do anything", judge(answered(anything)), "ok: reader is let in."],
    ["one whose rights aren't told", judge(answered(undefined)), "ok: reader is let in."],
    [
      "one without two rights",
      judge(answered(rules.filter(({ resources }) => !/nodes|pods/.test(String(resources))))),
      "error: reader may not read pods and nodes of nhn.",
    ],
    [
      "one who may read other ConfigMaps",
      judge(
        answered(
          rules.map((rule) =>
            rule.resourceNames === undefined ? rule : { ...rule, resourceNames: ["other"] },
          ),
        ),
      ),
      "error: reader may not read mesh-config of nhn.",
    ],
    [
      "a token that ends",
      judge(answered(rules), new Date("2026-11-24T12:00:00Z")),
      "warning: The token for nhn is valid for 3 more days only.",
    ],
    [
      "a token with time enough",
      judge(answered(rules), new Date("2027-11-24T12:00:00Z")),
      "ok: reader is let in.",
    ],
    [
      "a token nobody knows",
      judge({ result: "refused", status: 401, reason: "Unauthorized" }),
      "error: The API server of nhn doesn't know the token (401).",
    ],
    [
      "an API server that says no",
      judge({ result: "refused", status: 503, reason: "busy" }),
      "error: The API server of nhn answers the token with 503: busy.",
    ],
    [
      "an API server that isn't reached from here",
      judge({ result: "unreachable", reason: "timeout" }),
      "info: The token could not be tried from this machine: timeout. What istiod says of nhn counts.",
    ],
    [
      "an API server under another CA",
      judge({ result: "untrusted", reason: "self-signed" }),
      "error: The API server of nhn shows a certificate that the remote secret's CA doesn't fit: self-signed.",
    ],
  ];
  for (const [what, verdicts, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(verdicts, [expected]));
  }

  it("wants get, list and watch of everything", () => {
    const [verdict] = judge(answered(rules.map((rule) => ({ ...rule, verbs: ["list"] }))));
    assert.match(verdict ?? "", /^error: reader may not read namespaces, services, .* of nhn\.$/);
  });

  it("doesn't want Secrets where they are ignored", () =>
    assert.deepEqual(
      judge(
        answered(rules.filter(({ resources }) => !resources?.includes("secrets"))),
        undefined,
        "ignore",
      ),
      ["ok: reader is let in."],
    ));
});

describe("check: peer-synced", () => {
  const istiod = (name: string, status?: string) => ({
    istiod: name,
    clusters: status ? [{ id: "nhn", secretName: "s", syncStatus: status }] : [],
  });
  const cases: [string, ReturnType<typeof istiod>[], string][] = [
    ["all in sync", [istiod("a", "synced"), istiod("b", "synced")], "ok: nhn is synced."],
    [
      "one that isn't",
      [istiod("a", "synced"), istiod("b", "timeout")],
      "error: b gave up after 30 s (PILOT_REMOTE_CLUSTER_TIMEOUT) (timeout).",
    ],
    ["one that reads", [istiod("a", "syncing")], "error: a is still reading it (syncing)."],
    ["one that doesn't know it", [istiod("a")], "error: a doesn't know it (unknown)."],
  ];
  for (const [what, watched, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeSync(watched, "nhn")), [expected]));
  }
});

describe("check: peer-gateway", () => {
  const known = (over = {}) => ({
    network: "nhn",
    cluster: "nhn",
    address: "192.0.2.5",
    port: 15443,
    ...over,
  });
  const service = (kind: "ip" | "hostname", address: string) => ({
    name: "istio-eastwestgateway",
    type: "LoadBalancer",
    labels: {},
    ports: [15443],
    addresses: [{ kind, address }],
  });
  const cases: [
    string,
    ReturnType<typeof known>[],
    ReturnType<typeof service> | undefined,
    string,
  ][] = [
    [
      "its address",
      [known()],
      service("ip", "192.0.2.5"),
      "ok: istiod sends traffic for nhn to 192.0.2.5:15443.",
    ],
    [
      "the address behind its name",
      [known()],
      service("hostname", "lb"),
      "ok: istiod sends traffic for nhn to 192.0.2.5:15443.",
    ],
    [
      "a peer that isn't looked at",
      [known()],
      undefined,
      "ok: istiod sends traffic for nhn to 192.0.2.5:15443.",
    ],
    ["none", [], undefined, "error: istiod knows no gateway of network nhn (nhn)."],
    [
      "one of another network",
      [known({ network: "other" })],
      undefined,
      "error: istiod knows no gateway of network nhn (nhn).",
    ],
    [
      "an address that it no longer has",
      [known()],
      service("ip", "192.0.2.6"),
      "error: istiod sends traffic for nhn to 192.0.2.5:15443, its gateway is at 192.0.2.6.",
    ],
    [
      "another port",
      [known({ port: 443 })],
      undefined,
      "warning: istiod sends traffic for nhn to 192.0.2.5:443, not to port 15443.",
    ],
  ];
  for (const [what, gateways, published, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgePeerGateway(gateways, nhn, published)), [expected]));
  }
});

describe("check: peer-endpoints", () => {
  const gateways = [{ network: "nhn", cluster: "nhn", address: "192.0.2.5", port: 15443 }];
  const endpoint = (host: string, over: Partial<Upstream> = {}): Upstream => ({
    host,
    port: 80,
    address: "192.0.2.5",
    endpointPort: 15443,
    isHealthy: true,
    ...over,
  });
  const port = (host: string) => ({ host, port: 80 });
  const cases: [string, Upstream[], { host: string; port: number }[] | undefined, string][] = [
    [
      "what the peer exposes",
      [endpoint("a")],
      [port("a")],
      "ok: 1 endpoint through nhn's gateway.",
    ],
    [
      "a peer that isn't looked at",
      [endpoint("a")],
      undefined,
      "ok: 1 endpoint through nhn's gateway.",
    ],
    [
      "a peer that exposes nothing",
      [],
      [],
      "info: nhn exposes no service that could be seen from here.",
    ],
    [
      "nothing of what it exposes",
      [endpoint("a", { address: "10.1.0.5" })],
      [port("a")],
      "error: a:80 of nhn has no endpoint through nhn's gateway here.",
    ],
    [
      "some of what it exposes",
      [endpoint("a")],
      [port("a"), port("b"), port("c")],
      "warning: b:80 and c:80 of nhn have no endpoint through nhn's gateway here.",
    ],
    [
      "endpoints that failed lately",
      [endpoint("a", { isHealthy: false })],
      [port("a")],
      "warning: Endpoints of a:80 through nhn's gateway are marked unhealthy.",
    ],
  ];
  for (const [what, upstreams, exposed, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeEndpoints(upstreams, gateways, nhn, exposed)), [expected]));
  }
});
