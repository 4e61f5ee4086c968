import assert from "node:assert/strict";
import type { Member, OpenMesh } from "../../../../../mesh/open";
import { judgeTrust } from "../../../../../mesh/preflight/checks/trust-root";
import { days, selfSigned } from "../../../../support/certificates";
import { rawConfig } from "../../../../support/config";
import { meshOf, said, twoClusters } from "../../../../support/preflight";

const NAMES = ["ncloud", "nhn"];
const now = new Date();

/** The mesh with clusters' own CA files put in, by stack. */
const withOwn = (mesh: OpenMesh, own: Record<string, { caCert: string; rootCert: string }>) => ({
  ...mesh,
  members: mesh.members.map((member): Member => {
    const cacerts = own[member.settings.stack];
    const { settings } = member;
    return cacerts === undefined
      ? member
      : {
          ...member,
          settings: {
            ...settings,
            cacerts,
            config: { ...settings.config, trust: { kind: "provided" } },
          },
        };
  }),
});

describe("preflight: trust-root", () => {
  let roots: string[];
  let fresh: string;
  before(async () => {
    roots = (await Promise.all([selfSigned("root 1"), selfSigned("root 2")])).map(
      ({ certificate }) => certificate,
    );
    fresh = (await selfSigned("ca", days(400))).certificate;
  });
  const own = (caCert: string, ...trusted: number[]) => ({
    caCert,
    rootCert: trusted.map((index) => roots[index]).join(""),
  });

  it("is content with one trust stack for all", () => {
    assert.deepEqual(said(judgeTrust(twoClusters(), now)), [
      "ok: ncloud and nhn use intermediates of one trust stack.",
    ]);
  });

  it("finds a cluster that the trust stack doesn't sign for", () => {
    const mesh = meshOf({
      trust: { clusters: [{ name: "ncloud" }] },
      ncloud: rawConfig(NAMES),
      nhn: rawConfig(NAMES),
    });
    assert.deepEqual(said(judgeTrust(mesh, now)), [
      "error nhn: Stack trust signs no intermediate for nhn: its mesh:clusters lacks it.",
    ]);
  });

  it("is content with CAs of their own that share a root", () => {
    const mesh = withOwn(twoClusters(), { ncloud: own(fresh, 0, 1), nhn: own(fresh, 1) });
    assert.deepEqual(said(judgeTrust(mesh, now)), [
      "ok: ncloud and nhn use CAs of their own under one root.",
    ]);
  });

  it("finds CAs that share none", () => {
    const mesh = withOwn(twoClusters(), { ncloud: own(fresh, 0), nhn: own(fresh, 1) });
    assert.deepEqual(said(judgeTrust(mesh, now)), [
      "error: ncloud and nhn bring CAs that share no root.",
    ]);
  });

  it("warns of one CA of its own beside the trust stack's", () => {
    assert.deepEqual(said(judgeTrust(withOwn(twoClusters(), { nhn: own(fresh, 0) }), now)), [
      "warning: nhn bring CAs of their own, ncloud take the trust stack's: nobody but you knows whether the root is the same.",
    ]);
  });

  it("looks at the validity of CAs that are brought", async () => {
    const cases = [
      [days(30), /^warning ncloud: The CA in mesh:cacerts is valid for \d\d more days\.$/],
      [
        { from: new Date(0), until: new Date(now.getTime() - 86_400_000) },
        /^error ncloud: The CA in mesh:cacerts has been invalid since /,
      ],
      [
        { from: new Date(now.getTime() + 86_400_000), until: new Date(now.getTime() + 9e9) },
        /^error ncloud: The CA in mesh:cacerts is valid from /,
      ],
    ] as const;
    for (const [validity, expected] of cases) {
      const { certificate } = await selfSigned("ca", validity);
      const mesh = withOwn(twoClusters(), { ncloud: own(certificate, 0), nhn: own(fresh, 0) });
      const [first, ...rest] = said(judgeTrust(mesh, now));
      assert.match(first ?? "", expected);
      assert.deepEqual(rest, []);
    }
  });
});
