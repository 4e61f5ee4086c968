import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../../config/model";
import { SYSTEM_NAMESPACE } from "../istio/constants";
import { OBSERVABILITY, OBSERVABILITY_PORTS, serviceHost, TRACING } from "./constants";

/** What istiod has to know of the mesh's Jaeger: a value of its chart, under `meshConfig`. */
export const TRACING_MESH_CONFIG: HelmValues = {
  extensionProviders: [
    {
      name: OBSERVABILITY.jaeger,
      opentelemetry: {
        service: serviceHost(OBSERVABILITY.collector),
        port: OBSERVABILITY_PORTS.collector,
      },
    },
  ],
};

export interface TracingArgs {
  /** Share of the requests, 0 to 100. */
  readonly samplingPercent: number;
  readonly istiod: pulumi.Resource;
}

/**
 * Lets every proxy of a cluster report what it sees of a request (istio.io "Configure tracing with
 * Telemetry API"). Whichever cluster the Jaeger is in, its Service is called by the same name.
 */
export class Tracing extends pulumi.ComponentResource {
  constructor(name: string, args: TracingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Tracing", name, {}, opts);

    new k8s.apiextensions.CustomResource(
      `${name}-telemetry`,
      {
        apiVersion: "telemetry.istio.io/v1",
        kind: "Telemetry",
        // In the root namespace it holds for every workload.
        metadata: { name: TRACING, namespace: SYSTEM_NAMESPACE },
        spec: {
          tracing: [
            {
              providers: [{ name: OBSERVABILITY.jaeger }],
              randomSamplingPercentage: args.samplingPercent,
            },
          ],
        },
      },
      { parent: this, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}
