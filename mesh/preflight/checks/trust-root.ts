import { X509Certificate } from "node:crypto";
import { splitPem } from "../../../config/cacerts";
import type { Member, OpenMesh } from "../../open";
import { configCheck, ok, type PlacedVerdict } from "../check";
import { enumerate } from "../text";

const DAY_MS = 86_400_000;
/** linkerd check's limit for issuers; time enough to plan a rotation. */
const ENOUGH_DAYS = 60;

export const trustRoot = configCheck({
  name: "trust-root",
  severity: "error",
  what: "Whether every cluster gets a CA under one root: an intermediate of the trust stack, or an own CA that is valid, long enough, and shares its root",
  why: "Workloads of clusters under different roots refuse each other's certificates.",
  fix: "Use one trust stack for all clusters, or sign every mesh:cacerts by the same root.",
  link: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  judge: (mesh) => judgeTrust(mesh, new Date()),
});

export function judgeTrust({ trust, members }: OpenMesh, now: Date): PlacedVerdict[] {
  const signed = members.filter(({ settings }) => settings.config.trust.kind === "stack");
  const own = members.filter(({ settings }) => settings.config.trust.kind === "provided");
  const verdicts: PlacedVerdict[] = [
    ...signed.flatMap((member) => unsigned(trust, member)),
    ...own.flatMap((member) => validity(member, now)),
    ...roots(own),
    ...mixture(signed, own),
  ];
  if (verdicts.length > 0) {
    return verdicts;
  }
  const source =
    own.length > 0 ? "CAs of their own under one root" : "intermediates of one trust stack";
  return [ok(`${enumerate(members.map(({ cluster }) => cluster.id))} use ${source}.`)];
}

/** The trust stack signs for the clusters that its own configuration names. */
function unsigned(trust: OpenMesh["trust"], { cluster }: Member): PlacedVerdict[] {
  return trust === undefined || trust.config.mesh.clusters.some(({ id }) => id === cluster.id)
    ? []
    : [
        {
          severity: "error",
          cluster: cluster.id,
          what: `Stack ${trust.stack} signs no intermediate for ${cluster.id}: its mesh:clusters lacks it.`,
          fix: `Add ${cluster.id} to mesh:clusters of stack ${trust.stack}, and bring it up first.`,
        },
      ];
}

function validity({ cluster, settings }: Member, now: Date): PlacedVerdict[] {
  const [pem] = splitPem(settings.cacerts["caCert"] ?? "");
  if (pem === undefined) {
    return [];
  }
  const { validFrom, validTo } = new X509Certificate(pem);
  const days = Math.floor((Date.parse(validTo) - now.getTime()) / DAY_MS);
  const where = {
    cluster: cluster.id,
    fix: "Sign a new intermediate and put it into mesh:cacerts.",
  };
  if (Date.parse(validFrom) > now.getTime()) {
    return [
      {
        severity: "error",
        ...where,
        what: `The CA in mesh:cacerts is valid from ${validFrom} on.`,
      },
    ];
  }
  return days >= ENOUGH_DAYS
    ? []
    : [
        {
          severity: days < 0 ? "error" : "warning",
          ...where,
          what:
            days < 0
              ? `The CA in mesh:cacerts has been invalid since ${validTo}.`
              : `The CA in mesh:cacerts is valid for ${days} more days.`,
          why: "With its end every certificate that it signed ends, and the mesh with them.",
        },
      ];
}

function roots(own: readonly Member[]): PlacedVerdict[] {
  const trusted = own.map(({ settings }) => fingerprints(settings.cacerts["rootCert"] ?? ""));
  const common = (trusted[0] ?? []).filter((root) => trusted.every((set) => set.includes(root)));
  return own.length > 1 && common.length === 0
    ? [
        {
          severity: "error",
          what: `${enumerate(own.map(({ cluster }) => cluster.id))} bring CAs that share no root.`,
        },
      ]
    : [];
}

const fingerprints = (bundle: string): string[] =>
  splitPem(bundle).map((pem) => new X509Certificate(pem).fingerprint256);

function mixture(signed: readonly Member[], own: readonly Member[]): PlacedVerdict[] {
  const names = (members: readonly Member[]) => enumerate(members.map(({ cluster }) => cluster.id));
  return signed.length > 0 && own.length > 0
    ? [
        {
          severity: "warning",
          what: `${names(own)} bring CAs of their own, ${names(signed)} take the trust stack's: nobody but you knows whether the root is the same.`,
        },
      ]
    : [];
}
