import type * as pulumi from "@pulumi/pulumi";
import type { HelmValues } from "../../config/model";

/** A load balancer of a real cloud takes its minutes; Helm's own default gives up after five. */
const TIMEOUT_SECONDS = 600;

/**
 * What all Helm releases of the mesh have in common: a name that is ours (Pulumi would add random
 * letters), a namespace, and no half-installed release left behind by a failure, which
 * the next run could not upgrade (pulumi-kubernetes issue 2054).
 */
export const releaseArgs = (name: string, namespace: pulumi.Input<string>, values: HelmValues) => ({
  name,
  namespace,
  values,
  atomic: true,
  cleanupOnFail: true,
  timeout: TIMEOUT_SECONDS,
  maxHistory: 5,
});
