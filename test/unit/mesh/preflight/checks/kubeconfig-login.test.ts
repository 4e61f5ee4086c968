import assert from "node:assert/strict";
import {
  judgeLogin,
  kubeconfigLogin,
  loginOf,
  type Login,
} from "../../../../../mesh/preflight/checks/kubeconfig-login";
import { connect } from "../../../../../mesh/preflight/connect";
import { viewsOf } from "../../../../../mesh/preflight/views";
import { kubeconfig, rawConfig } from "../../../../support/config";
import { meshOf, said } from "../../../../support/preflight";

const NOW = new Date("2026-11-21T12:00:00Z");
const KEY = "mesh:kubeconfigs.nhn";

const jwt = (exp: number): string =>
  ["{}", JSON.stringify({ exp })]
    .map((part) => Buffer.from(part).toString("base64url"))
    .concat("signature")
    .join(".");

describe("preflight: kubeconfig-login", () => {
  const users: readonly (readonly [string, Record<string, unknown>, Login])[] = [
    ["an opaque token", { token: "t" }, { kind: "token" }],
    [
      "a token with an end",
      { token: jwt(1_800_000_000) },
      { kind: "token", until: new Date(1_800_000_000_000) },
    ],
    ["a password", { username: "u", password: "p" }, { kind: "password" }],
    [
      "a program",
      { exec: { command: "ncp-iam-authenticator" } },
      { kind: "program", program: "ncp-iam-authenticator" },
    ],
    ["a provider", { "auth-provider": { name: "gcp" } }, { kind: "provider", provider: "gcp" }],
    ["nothing", {}, { kind: "nothing" }],
    ["an unreadable certificate", { "client-certificate-data": "QQ==" }, { kind: "certificate" }],
  ];
  for (const [what, user, login] of users) {
    it(`recognises ${what}`, () => assert.deepEqual(loginOf(user), login));
  }

  const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
  const cases: readonly (readonly [string, Login, boolean, string])[] = [
    ["a token", { kind: "token" }, true, `ok: ${KEY} logs in by token.`],
    [
      "a program that is here",
      { kind: "program", program: "ncp-iam-authenticator" },
      true,
      `info: ${KEY} logs in by the program ncp-iam-authenticator, which every machine that runs the stacks needs; istiod gets a token of its own.`,
    ],
    [
      "a program that isn't",
      { kind: "program", program: "ncp-iam-authenticator" },
      false,
      `error: ${KEY} logs in by the program ncp-iam-authenticator, which isn't on this machine's PATH.`,
    ],
    [
      "a provider that client-go has dropped",
      { kind: "provider", provider: "azure" },
      true,
      `error: ${KEY} logs in by the auth-provider azure, which client-go 1.26 has dropped, and Pulumi with it.`,
    ],
    [
      "OpenID Connect",
      { kind: "provider", provider: "oidc" },
      true,
      `ok: ${KEY} logs in by provider.`,
    ],
    [
      "no credentials",
      { kind: "nothing" },
      true,
      `warning: ${KEY} has no credentials: it asks as system:anonymous.`,
    ],
    [
      "an ended token",
      { kind: "token", until: later(-1) },
      true,
      `error: The token in ${KEY} has been invalid since 2026-11-21T11:00:00.000Z.`,
    ],
    [
      "a certificate about to end",
      { kind: "certificate", until: later(0.5) },
      true,
      `warning: The certificate in ${KEY} ends at 2026-11-21T12:30:00.000Z, maybe during the run.`,
    ],
    [
      "a week's token",
      { kind: "token", until: later(7 * 24) },
      true,
      `info: The token in ${KEY} lasts 7 days more.`,
    ],
    [
      "a year's certificate",
      { kind: "certificate", until: later(365 * 24) },
      true,
      `ok: ${KEY} logs in by certificate.`,
    ],
  ];
  for (const [what, login, present, expected] of cases) {
    it(`judges ${what}`, () =>
      assert.deepEqual(said(judgeLogin(login, present, KEY, NOW)), [expected]));
  }

  it("looks for programs as a shell does, and at each text once", async () => {
    const text = (command: string) => kubeconfig("https://192.0.2.1:6443", { exec: { command } });
    const mesh = meshOf({
      ncloud: rawConfig(["ncloud", "nhn"], {
        kubeconfigs: { ncloud: text("no-such-program"), nhn: text(process.execPath) },
      }),
      nhn: rawConfig(["ncloud", "nhn"], {
        kubeconfigs: { ncloud: text("no-such-program"), nhn: text(process.execPath) },
      }),
    });
    const { findings } = await kubeconfigLogin.run(
      mesh,
      connect(viewsOf(mesh), 1, new AbortController().signal),
    );
    assert.deepEqual(
      findings.map(({ severity, cluster, peer }) => [severity, cluster, peer]),
      [
        ["error", "ncloud", undefined],
        ["info", "ncloud", "nhn"],
      ],
    );
  });
});
