import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LESSONS } from "./constants";

/** ConfigMap: what is set apart from the image, and may be read by all. */
export const greeting = (
  namespace: pulumi.Input<string>,
  text: string,
): k8s.core.v1.ConfigMapArgs => ({
  metadata: { name: LESSONS.app, namespace },
  data: { GREETING: text },
});
