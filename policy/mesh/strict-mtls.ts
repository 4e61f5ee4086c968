import { z } from "zod";
import { MTLS_REASON_ANNOTATION, SYSTEM_NAMESPACE } from "../../components/istio/constants";
import { annotationsOf, isKind, namespaceOf } from "../kubernetes/object";
import { resourcePolicy, titleOf, violation, type Subject, type Violation } from "../policy";
import { read } from "../read";
import { isMeshService } from "../routing/hosts";
import { NETWORKING } from "../routing/virtual-service";
import { releaseOf } from "../workloads/release";

export const strictMtls = resourcePolicy(
  {
    name: "strict-mtls",
    refuses: `mTLS weaker than STRICT without a reason in the annotation ${MTLS_REASON_ANNOTATION}`,
    why: "In plain text nobody knows who calls, and a network between clouds reads along",
    source: "https://istio.io/latest/docs/ops/best-practices/security/#mutual-tls",
    level: "mandatory",
    severity: "critical",
  },
  (subject) => (hasReason(subject) ? [] : [...weakServers(subject), ...weakClients(subject)]),
);

const INSTEAD = `remove it, or say why in the annotation ${MTLS_REASON_ANNOTATION}`;

function hasReason({ inputs }: Subject): boolean {
  const annotations = annotationsOf(inputs);
  return annotations === undefined || !!annotations[MTLS_REASON_ANNOTATION]?.trim();
}

const mode = z.object({ mode: z.string().nullish() }).nullish();
const peerAuthentication = z.object({
  spec: z
    .object({
      selector: z.unknown().optional(),
      mtls: mode,
      portLevelMtls: z.record(z.string(), mode).nullish(),
    })
    .nullish(),
});

/** What a PeerAuthentication lets in. */
function weakServers(subject: Subject): Violation[] {
  const policy = isKind(subject.type, "security.istio.io", "PeerAuthentication")
    ? read(peerAuthentication, subject.inputs)
    : undefined;
  if (policy === undefined) {
    return [];
  }
  const { selector, mtls, portLevelMtls } = policy.spec ?? {};
  // What is unset comes from above, and above the root namespace there is PERMISSIVE alone.
  const isTop = namespaceOf(subject.inputs) === SYSTEM_NAMESPACE && !selector;
  const modes = [
    ["", mtls?.mode ?? (isTop ? "UNSET" : undefined)] as const,
    ...Object.entries(portLevelMtls ?? {}).map(
      ([port, own]) => [` on port ${port}`, own?.mode] as const,
    ),
  ];
  return modes
    .filter(([, own]) => own === "PERMISSIVE" || own === "DISABLE" || (isTop && own === "UNSET"))
    .map(([where, own]) =>
      violation(
        `${titleOf(subject)}${where}`,
        `has the mTLS mode ${own}`,
        `write STRICT, or say why in the annotation ${MTLS_REASON_ANNOTATION}`,
      ),
    );
}

const settings = z
  .object({
    tls: mode,
    portLevelSettings: z.array(z.object({ tls: mode })).nullish(),
  })
  .nullish();
const destinationRule = z.object({
  spec: z.object({
    host: z.string(),
    trafficPolicy: settings,
    subsets: z.array(z.object({ trafficPolicy: settings })).nullish(),
  }),
});
const istiodValues = z.object({
  meshConfig: z.object({ enableAutoMtls: z.literal(false) }),
});

/** What sidecars send: their mTLS is automatic until something says otherwise. */
function weakClients(subject: Subject): Violation[] {
  const release = releaseOf(subject);
  if (release !== undefined) {
    return read(istiodValues, release.values) === undefined
      ? []
      : [
          violation(
            `values.meshConfig.enableAutoMtls of ${release.title}`,
            "makes sidecars send plain text",
            "remove it",
          ),
        ];
  }
  const rule = isKind(subject.type, NETWORKING, "DestinationRule")
    ? read(destinationRule, subject.inputs)?.spec
    : undefined;
  const policies = [rule?.trafficPolicy, ...(rule?.subsets ?? []).map((own) => own.trafficPolicy)];
  const sendsPlainText = policies.some((policy) =>
    [policy, ...(policy?.portLevelSettings ?? [])].some((own) => own?.tls?.mode === "DISABLE"),
  );
  return rule && sendsPlainText && isMeshService(rule.host)
    ? [
        violation(
          titleOf(subject),
          `has the TLS mode DISABLE for ${rule.host}, a service of the mesh`,
          INSTEAD,
        ),
      ]
    : [];
}
