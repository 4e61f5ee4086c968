import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LESSONS } from "./constants";

/** Secret: what only the pods that need it, and few people, may read. */
export const token = (
  namespace: pulumi.Input<string>,
  text: pulumi.Input<string>,
): k8s.core.v1.SecretArgs => ({
  metadata: { name: LESSONS.app, namespace },
  type: "Opaque",
  stringData: { token: text },
});
