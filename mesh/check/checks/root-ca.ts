import { enumerate } from "../../preflight/text";
import {
  certificatesOf,
  fingerprints,
  readable,
  shortFingerprint,
  signerOf,
} from "../certificates";
import { fleetCheck, type PlacedVerdict, type World } from "../check";
import type { Facts } from "../facts";

export const rootCa = fleetCheck({
  name: "root-ca",
  column: "trust",
  severity: "error",
  what: "Whether every cluster's Secret cacerts trusts the same root, the trust stack's where that can be read, and every cluster's signer is trusted by all",
  why: "Workloads of clusters under different roots refuse each other's certificates.",
  fix: "npm run mesh -- up --refresh of this cluster's stack puts the mesh's CA back; then restart istiod, and the workloads that have certificates of the other root.",
  link: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  needs: ["cacerts"],
  judge: (seen, world) =>
    judgeRoots(
      seen.map(({ cluster, facts }) => ({ cluster: cluster.id, cacerts: facts.cacerts })),
      world,
    ),
});

interface Trusting {
  readonly cluster: string;
  readonly cacerts: Facts["cacerts"];
}

interface Roots {
  readonly cluster: string;
  /** Fingerprints of what it trusts. */
  readonly trusted: readonly string[];
  /** Fingerprint of the root over its own CA. */
  readonly signer: string | undefined;
}

export function judgeRoots(
  clusters: readonly Trusting[],
  { roots }: Pick<World, "roots">,
): PlacedVerdict[] {
  const missing = clusters.filter(({ cacerts }) => cacerts === undefined);
  const found = clusters.flatMap(rootsOf);
  const expected = roots ?? majority(found.map(({ trusted }) => trusted));
  const verdicts = [
    ...missing.map(({ cluster }): PlacedVerdict => ({
      severity: "error",
      cluster,
      what: "There is no Secret cacerts: istiod signs with a root of its own.",
      fix: "npm run mesh -- up --refresh puts it there; then restart istiod and the workloads.",
    })),
    ...(expected === undefined ? split(found) : found.flatMap((one) => compare(one, expected))),
  ];
  return verdicts.length > 0 || found.length === 0
    ? verdicts
    : found.map(({ cluster, trusted }) => ({
        severity: "ok",
        cluster,
        what: `The root is ${enumerate(trusted.map(shortFingerprint))}, as everywhere.`,
      }));
}

/** Nothing for a Secret that can't be read: `intermediate-ca` says what is wrong with it. */
function rootsOf({ cluster, cacerts }: Trusting): Roots[] {
  const bundle = cacerts?.["root-cert.pem"];
  if (cacerts === undefined || !readable(bundle)) {
    return [];
  }
  const roots = certificatesOf(bundle);
  const chain = readable(cacerts["cert-chain.pem"]) ? cacerts["cert-chain.pem"] : "";
  return [
    {
      cluster,
      trusted: fingerprints(bundle),
      signer: signerOf(certificatesOf(chain), roots)?.fingerprint256,
    },
  ];
}

/** What more than half of the clusters trust. */
function majority(bundles: readonly (readonly string[])[]): readonly string[] | undefined {
  const keys = bundles.map((bundle) => [...bundle].sort().join());
  const index = keys.findIndex(
    (key) => keys.filter((other) => other === key).length > keys.length / 2,
  );
  return bundles[index];
}

function compare(
  { cluster, trusted, signer }: Roots,
  expected: readonly string[],
): PlacedVerdict[] {
  const names = (roots: readonly string[]): string => enumerate(roots.map(shortFingerprint));
  if (!trusted.some((root) => expected.includes(root))) {
    return [
      {
        severity: "error",
        cluster,
        what: `cacerts trusts root ${names(trusted)}, the mesh ${names(expected)}.`,
      },
    ];
  }
  if (signer !== undefined && !expected.includes(signer)) {
    return [
      {
        severity: "error",
        cluster,
        what: `The CA is signed by root ${names([signer])}, which the mesh doesn't trust: it trusts ${names(expected)}.`,
      },
    ];
  }
  const isSame =
    trusted.length === expected.length && trusted.every((root) => expected.includes(root));
  return isSame
    ? []
    : [
        {
          severity: "warning",
          cluster,
          what: `cacerts trusts ${names(trusted)}, the mesh ${names(expected)}.`,
          why: "A rotation of the root is under way, or was left half done.",
          fix: "npm run mesh -- up of every stack gives all clusters the same roots.",
        },
      ];
}

/** Nobody knows which is the right one. */
function split(found: readonly Roots[]): PlacedVerdict[] {
  return found.length < 2
    ? []
    : [
        {
          severity: "error",
          what: `The clusters trust different roots: ${enumerate(found.map(({ cluster, trusted }) => `${cluster} ${trusted.map(shortFingerprint).join(" and ")}`))}.`,
          fix: "Bring up the stacks under one trust stack, or give every mesh:cacerts the same root; then restart istiod and the workloads.",
        },
      ];
}
