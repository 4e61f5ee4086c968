import type { Verdict } from "../preflight/check";
import type { CertificateFacts, HostFacts } from "./host-facts";
import { orderVerdicts } from "./order-advice";

/** A renewal that is this late has failed more than once. */
const LATE_MS = 24 * 60 * 60 * 1000;

/** What to do for a host to get its certificate, or to keep it. */
export function adviceFor(facts: HostFacts, now: Date): Verdict[] {
  const { host, certificate } = facts;
  if (certificate === undefined) {
    return [
      {
        severity: "error",
        what: `There is no Certificate for ${host}.`,
        fix: "npm run mesh -- up makes it.",
      },
    ];
  }
  const { notAfter, ready } = certificate;
  if (notAfter !== undefined && Date.parse(notAfter) <= now.getTime()) {
    const what = `The certificate of ${host} ended on ${day(notAfter)}.`;
    return [{ severity: "error", what }, ...whyNot(facts, now)];
  }
  if (ready?.status === "True") {
    return [...inUse(facts, certificate, now), ...dnsVerdicts(facts)];
  }
  const why = whyNot(facts, now);
  return why.length > 0
    ? why
    : [{ severity: "info", what: `The certificate of ${host} is ordered and on its way.` }];
}

/** What keeps a certificate from being signed: the first cause, as the others follow from it. */
function whyNot(facts: HostFacts, now: Date): Verdict[] {
  const causes = [...issuerVerdicts(facts), ...dnsVerdicts(facts)];
  return causes.length > 0 ? causes : orderVerdicts(facts, now);
}

/** Of a certificate that is in use; what its renewal meets with is no error as long as it is valid. */
function inUse(facts: HostFacts, certificate: CertificateFacts, now: Date): Verdict[] {
  const { notAfter, renewalTime, issuing } = certificate;
  const valid = `The certificate of ${facts.host} is valid until ${notAfter === undefined ? "an unknown day" : day(notAfter)}`;
  const late = renewalTime !== undefined && Date.parse(renewalTime) + LATE_MS < now.getTime();
  if (issuing === undefined && !late) {
    return [{ severity: "ok", what: `${valid} and renews itself.` }];
  }
  const [trouble] = [...issuerVerdicts(facts), ...orderVerdicts(facts, now)];
  if (trouble !== undefined) {
    return [
      { ...trouble, severity: "warning", what: `${valid}, but not renewed: ${trouble.what}` },
    ];
  }
  if (late) {
    const what = `${valid}, and should have been renewed on ${day(renewalTime)}.`;
    return [{ severity: "warning", what }];
  }
  return issuing?.status === "True"
    ? [{ severity: "ok", what: `${valid} and is being renewed.` }]
    : [{ severity: "warning", what: `${valid}, but not renewed: ${issuing?.message}` }];
}

function dnsVerdicts({ host, dns, record, expected }: HostFacts): Verdict[] {
  if (record === undefined) {
    return [
      {
        severity: "error",
        what: `The ingress gateway of ${host} has no address yet.`,
        fix: "kubectl -n istio-system describe service istio-ingressgateway says what the cloud's load balancer is waiting for.",
      },
    ];
  }
  const wanted = `${record.type} ${record.value}`;
  if (dns.kind === "error") {
    return [
      dns.code === "ENOTFOUND" || dns.code === "ENODATA"
        ? {
            severity: "error",
            what: `${host} has no DNS record.`,
            fix: `Create the record ${wanted}; the certificate follows by itself.`,
          }
        : {
            severity: "warning",
            what: `The DNS does not answer for ${host} (${dns.code}).`,
            fix: `See to the name servers of the domain; the record has to be ${wanted}.`,
          },
    ];
  }
  const wrong = dns.addresses.filter((address) => !expected.includes(address));
  return wrong.length === 0 || expected.length === 0
    ? []
    : [
        {
          severity: "error",
          what: `${host} leads to ${wrong.join(", ")}, which is not its ingress gateway (${expected.join(", ")}).`,
          fix: `Make ${wanted} its only record; the certificate follows by itself.`,
        },
      ];
}

function issuerVerdicts({ host, issuer }: HostFacts): Verdict[] {
  if (issuer === undefined) {
    return [
      {
        severity: "error",
        what: `The ClusterIssuer that signs for ${host} is not there.`,
        fix: "npm run mesh -- up makes it; one of your own is named by mesh:https.clusterIssuer.",
      },
    ];
  }
  const { ready, name, directory } = issuer;
  if (ready === undefined || ready.status === "True") {
    return [];
  }
  return [
    {
      severity: "error",
      what: `${name} has no account at ${directory ?? "its server"}: ${sentence(ready.message)}`,
      fix: /invalidContact|invalidEmail|unsupportedContact/.test(ready.message)
        ? "Write an address that the server takes to mesh:https.email."
        : "See whether the cluster reaches the server; cert-manager tries again by itself.",
    },
  ];
}

const day = (time: string): string => time.slice(0, 10);

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
