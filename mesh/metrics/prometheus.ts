import { OBSERVABILITY, OBSERVABILITY_PORTS } from "../../components/observability/constants";
import type { KubeClient } from "../../kube/client";
import { getFromPod } from "../../kube/port-forward";

/** One series of an answer, with its value now. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** NaN where 0 is divided by 0. */
  readonly value: number;
}

/** Something that Prometheus asks for metrics. */
export interface Target {
  readonly job: string;
  readonly instance: string;
  /** Why it gave none the last time; nothing where it did. */
  readonly trouble: string | undefined;
}

/** An alert that fires, or is about to. */
export interface Alert {
  readonly name: string;
  readonly state: "firing" | "pending";
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** The HTTP API of a Prometheus (prometheus.io "HTTP API"), asked in its own pod. */
export class PrometheusApi {
  constructor(
    private readonly client: KubeClient,
    private readonly pod: string,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws Error where the query is none, with Prometheus' reason */
  async query(expr: string): Promise<Sample[]> {
    const { result } = await this.get<{
      result: readonly { metric: Record<string, string>; value: readonly [number, string] }[];
    }>(`query?query=${encodeURIComponent(expr)}`);
    return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }

  async targets(): Promise<Target[]> {
    const { activeTargets } = await this.get<{
      activeTargets: readonly {
        labels: { job: string; instance: string };
        health: string;
        lastError: string;
      }[];
    }>("targets?state=active");
    return activeTargets.map(({ labels: { job, instance }, health, lastError }) => ({
      job,
      instance,
      trouble: health === "down" ? lastError : undefined,
    }));
  }

  async alerts(): Promise<Alert[]> {
    const { alerts } = await this.get<{
      alerts: readonly {
        labels: { alertname: string } & Record<string, string>;
        annotations: { summary?: string };
        state: Alert["state"];
      }[];
    }>("alerts");
    return alerts.map(({ labels: { alertname: name, ...labels }, annotations, state }) => ({
      name,
      state,
      labels,
      summary: annotations.summary ?? "",
    }));
  }

  /** Every rule, and why it could not be evaluated the last time; empty where it could. */
  async rules(): Promise<{ readonly name: string; readonly trouble: string }[]> {
    const { groups } = await this.get<{
      groups: readonly { rules: readonly { name: string; lastError?: string }[] }[];
    }>("rules");
    return groups.flatMap(({ rules }) =>
      rules.map(({ name, lastError = "" }) => ({ name, trouble: lastError })),
    );
  }

  private async get<T>(path: string): Promise<T> {
    const { namespace } = OBSERVABILITY;
    const answer = await getFromPod(
      this.client,
      { namespace, pod: this.pod, port: OBSERVABILITY_PORTS.prometheus },
      `/api/v1/${path}`,
      this.signal,
    );
    return (JSON.parse(answer) as { data: T }).data;
  }
}
