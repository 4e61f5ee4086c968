import type { X509Certificate } from "node:crypto";
import { certificatesOf, daysUntil, endOf, readable } from "../certificates";
import { clusterCheck, ok, type Verdict, type World } from "../check";
import type { Facts } from "../facts";

/** As `linkerd check` has it: time enough to plan a rotation. */
export const ENOUGH_DAYS = 60;

export const caExpiry = clusterCheck({
  name: "ca-expiry",
  column: "trust",
  severity: "error",
  what: `Whether the cluster's intermediate and its roots are valid for at least ${ENOUGH_DAYS} more days`,
  why: "With the end of a CA all certificates under it end: workloads stop accepting each other.",
  fix: "Raise the cluster's number in mesh:pki.intermediates of the trust stack, then npm run mesh -- up: it is replaced under traffic.",
  link: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
  needs: ["cacerts"],
  judge: ({ cacerts }, _self, world) => judgeExpiry(cacerts, world),
});

export function judgeExpiry(cacerts: Facts["cacerts"], { now }: Pick<World, "now">): Verdict[] {
  const ca = bundle(cacerts?.["ca-cert.pem"]).slice(0, 1);
  const roots = bundle(cacerts?.["root-cert.pem"]);
  if (ca.length === 0) {
    return [];
  }
  const verdicts = [
    ...ca.flatMap((one) => judgeEnd("The intermediate", one, now)),
    ...roots.flatMap((one) =>
      judgeEnd("The root", one, now).map((verdict) => ({
        ...verdict,
        fix: "Add a second root to mesh:pki.roots of the trust stack, and rotate to it before the first one ends.",
      })),
    ),
  ];
  return verdicts.length > 0
    ? verdicts
    : [
        ok(
          `The intermediate is valid for ${daysUntil(endOf(ca[0] as X509Certificate), now)} days.`,
        ),
      ];
}

function judgeEnd(who: string, certificate: X509Certificate, now: Date): Verdict[] {
  const end = endOf(certificate);
  const start = new Date(certificate.validFrom);
  const days = daysUntil(end, now);
  if (start > now) {
    return [
      {
        severity: "error",
        what: `${who} is valid from ${start.toISOString()} on only.`,
        why: "Nobody accepts certificates under it before that.",
      },
    ];
  }
  if (end <= now) {
    return [{ severity: "error", what: `${who} has been invalid since ${end.toISOString()}.` }];
  }
  return days < ENOUGH_DAYS
    ? [
        {
          severity: "warning",
          what: `${who} is valid for ${days === 1 ? "1 more day" : `${days} more days`}, until ${end.toISOString().slice(0, 10)}.`,
        },
      ]
    : [];
}

const bundle = (pem: string | undefined): X509Certificate[] =>
  readable(pem) ? certificatesOf(pem) : [];
