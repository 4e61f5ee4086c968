import type { AlertConfig } from "../../config/observability";
import { FEDERATION_JOB } from "./scrape-jobs";
import { SERIES } from "./recording-rules";

/** One alert (prometheus.io "Alerting rules"). */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "critical" | "warning" };
  readonly annotations: { readonly summary: string; readonly fix: string };
}

export interface AlertRulesArgs {
  /** ID of the cluster whose Prometheus evaluates them. */
  readonly cluster: string;
  readonly peers: readonly string[];
  readonly alerts: AlertConfig;
}

const DAY_SECONDS = 86_400;

/** istiod renews a workload's certificate after half of its 24 hours: at a sixth it has failed for long. */
const WORKLOAD_SECONDS = 4 * 3600;

/** A share says nothing of a handful of requests. */
const ENOUGH_REQUESTS = 1;
const WEIGHT_DIFFERENCE = 0.15;

/** What every cluster warns of. Each sentence ends with what to do. */
export function alertRules({ cluster, peers, alerts }: AlertRulesArgs): readonly AlertRule[] {
  const { certificateDays, errorPercent, forSeconds } = alerts;
  // Whoever sees the whole mesh has the others' series too, which warn where they come from.
  const own = `cluster="${cluster}"`;
  const rule = (
    alert: string,
    severity: AlertRule["labels"]["severity"],
    expr: string,
    summary: string,
    fix: string,
  ): AlertRule => ({
    alert,
    expr,
    for: `${forSeconds}s`,
    labels: { severity },
    annotations: { summary, fix },
  });
  const certificate = (what: string, series: string, fix: string): AlertRule =>
    rule(
      `Mesh${what}CertificateExpires`,
      "warning",
      `${series}{${own}} < ${certificateDays * DAY_SECONDS}`,
      `The ${what.toLowerCase()} certificate of {{ $labels.cluster }} ends in {{ $value | humanizeDuration }}`,
      fix,
    );
  const direction = `${own}, source_cluster="${cluster}", destination_cluster=~"${peers.join("|")}"`;
  const shares = "cluster, destination_service, destination_cluster";
  const sum = (series: string): string =>
    `sum by (cluster, source_cluster, destination_cluster) (${series}{${direction}})`;
  return [
    rule(
      "MeshTargetDown",
      "warning",
      `up{${own}, job!="${FEDERATION_JOB}"} == 0`,
      "{{ $labels.job }} {{ $labels.instance }} of {{ $labels.cluster }} gives no metrics",
      "Look at the pod, and at whether a network policy keeps Prometheus out.",
    ),
    rule(
      "MeshPeerNotSynced",
      "critical",
      `${SERIES.peerSynced}{${own}} == 0`,
      "istiod of {{ $labels.cluster }} does not follow {{ $labels.remote_cluster }}",
      "Run npm run mesh -- check: it says whether the API server, the token or the rights are at fault.",
    ),
    certificate(
      "Root",
      SERIES.rootExpiry,
      "Add a root to mesh:pki.roots in time; docs/security.md has the steps.",
    ),
    certificate(
      "Intermediate",
      SERIES.intermediateExpiry,
      "Run npm run mesh -- up: it signs anew what is about to end.",
    ),
    rule(
      "MeshWorkloadCertificateExpires",
      "critical",
      `${SERIES.workloadExpiry}{${own}} < ${WORKLOAD_SECONDS}`,
      "A workload of {{ $labels.cluster }} has a certificate for {{ $value | humanizeDuration }} only",
      "Look at istiod's log and the pod's: it should have been renewed hours ago.",
    ),
    rule(
      "MeshGatewayWithoutAddress",
      "critical",
      `${SERIES.gatewayAddresses}{${own}} == 0`,
      "{{ $labels.service }} of {{ $labels.cluster }} has no address",
      "Look at the events of the Service: the cloud says why it has no load balancer.",
    ),
    ...(peers.length === 0
      ? []
      : [
          rule(
            "MeshCrossClusterErrors",
            "critical",
            `${sum(SERIES.errors)} / ${sum(SERIES.requests)} > ${errorPercent / 100}`,
            "{{ $value | humanizePercentage }} of the requests from {{ $labels.source_cluster }} to {{ $labels.destination_cluster }} fail",
            "Run npm run mesh -- check, and look at the dashboard Mesh health for the service.",
          ),
        ]),
    rule(
      "MeshWeightsDiffer",
      "warning",
      `abs(${SERIES.measuredWeight}{${own}} - on (${shares}) ${SERIES.configuredWeight}{${own}}) > ${WEIGHT_DIFFERENCE} and on (cluster, destination_service) sum by (cluster, destination_service) (${SERIES.requests}{${own}}) > ${ENOUGH_REQUESTS}`,
      "{{ $labels.destination_cluster }} answers other than its share of the requests of {{ $labels.cluster }} to {{ $labels.destination_service }}",
      "Either its pods are failing, or mesh -- traffic changed the shares and nobody saved them.",
    ),
  ];
}

/** What only the cluster warns of that sees the whole mesh. */
export const wholeMeshAlertRules = ({ forSeconds }: AlertConfig): readonly AlertRule[] => [
  {
    alert: "MeshPeerUnseen",
    expr: `up{job="${FEDERATION_JOB}"} == 0`,
    for: `${forSeconds}s`,
    labels: { severity: "critical" },
    annotations: {
      summary: "The metrics of {{ $labels.peer }} don't arrive in {{ $labels.cluster }}",
      fix: "Run npm run mesh -- check: it says whether the way between the clusters or the cluster itself is down.",
    },
  },
];
