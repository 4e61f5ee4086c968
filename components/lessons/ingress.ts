import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { LESSONS } from "./constants";

/** IngressClass: who serves Ingresses. Here istiod does, by the mesh's ingress gateway. */
export const ingressClass = (): k8s.networking.v1.IngressClassArgs => ({
  metadata: { name: LESSONS.ingressClass },
  spec: { controller: "istio.io/ingress-controller" },
});

/** Ingress: which Service answers for a host and path that come in from outside. */
export const ingress = (
  namespace: pulumi.Input<string>,
  { host, className }: { readonly host: string; readonly className: pulumi.Input<string> },
): k8s.networking.v1.IngressArgs => ({
  metadata: {
    name: LESSONS.app,
    namespace,
    // Its status has no address before the gateway's load balancer has one: minikube's never may.
    annotations: { "pulumi.com/skipAwait": "true" },
  },
  spec: {
    ingressClassName: className,
    rules: [
      {
        host,
        http: {
          paths: [
            {
              path: "/",
              pathType: "Prefix",
              backend: { service: { name: LESSONS.app, port: { name: "http" } } },
            },
          ],
        },
      },
    ],
  },
});
