import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LABELS, LESSONS } from "./constants";

/** Service of type NodePort: one name in the cluster's DNS, and one port of every node, for all pods. */
export const nodePort = (
  namespace: pulumi.Input<string>,
  port: number,
): k8s.core.v1.ServiceArgs => ({
  metadata: { name: LESSONS.app, namespace, labels: LABELS },
  spec: {
    type: "NodePort",
    selector: LABELS,
    ports: [{ name: "http", port: LESSONS.servicePort, targetPort: "http", nodePort: port }],
  },
});
