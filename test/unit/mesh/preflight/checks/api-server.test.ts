import assert from "node:assert/strict";
import { judgeFailure } from "../../../../../mesh/preflight/checks/api-server";
import { TimedOut, Unauthorised } from "../../../../../mesh/preflight/connect";
import { viewOf } from "../../../../support/preflight";

const system = (code: string): Error => Object.assign(new Error(code), { code });

describe("preflight: api-server", () => {
  const cases: readonly (readonly [Error, means: RegExp, fix: RegExp])[] = [
    [system("ENOTFOUND"), /has a name that doesn't resolve/, /DNS/],
    [system("ECONNREFUSED"), /refuses the connection/, /Start the cluster/],
    [system("EHOSTUNREACH"), /is out of reach/, /access list or firewall/],
    [new TimedOut("no answer within 10 s"), /doesn't answer: no answer within 10 s/, /firewall/],
    [new Unauthorised("401"), /doesn't know the kubeconfig's user/, /Renew the credentials/],
    [system("ERR_TLS_CERT_ALTNAME_INVALID"), /certificate for other names/, /server name/],
    [system("SELF_SIGNED_CERT_IN_CHAIN"), /certificate of another CA/, /Fetch the kubeconfig anew/],
    [system("CERT_HAS_EXPIRED"), /isn't valid now/, /clocks/],
    [system("ENOENT"), /program isn't here/, /Install the program/],
    [new Error("unexpected"), /can't be asked: unexpected/, /Try kubectl/],
  ];
  for (const [failure, means, fix] of cases) {
    it(`says what ${failure.message} means, where, and what to do`, () => {
      const verdict = judgeFailure(failure, viewOf());
      assert.equal(verdict.severity, "error");
      assert.match(verdict.what, means);
      assert.match(
        verdict.what,
        /^https:\/\/192\.0\.2\.1:6443 of ncloud \(mesh:kubeconfigs\.ncloud of stack ncloud\)/,
      );
      assert.match(verdict.fix ?? "", fix);
    });
  }
});
