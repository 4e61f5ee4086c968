import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { SYSTEM_NAMESPACE } from "../istio/constants";
import { certificate, httpGateway, httpsGateway } from "./host-objects";
import { loopback, loopbackTls, redirect, upgrade } from "./redirect-objects";

export interface HttpsHostArgs {
  /** Name of what answers for the host, a DNS label: the prefix of everything made here. */
  readonly service: string;
  /** Full DNS name, e.g. `clova.example.com`. */
  readonly host: string;
  /** Namespace of the VirtualServices that route the host. */
  readonly namespace: string;
  /** Name of a ClusterIssuer. */
  readonly issuer: pulumi.Input<string>;
  readonly istiod: pulumi.Resource;
}

/**
 * A host that the public reaches by HTTPS alone, with a certificate that obtains and renews itself.
 *
 * Nothing here waits for the certificate. The host's DNS record can't exist before the load balancer
 * has its address, so the run that makes both must not fail for lack of it, and must not have to be
 * repeated once it is there.
 *
 * That is why plain HTTP is answered by the gateway asking itself: a request to port 80 goes on, over
 * TLS and with the host's name, to the same gateway's port 443, where nothing but the redirect
 * awaits it. As long as there is no certificate that handshake fails, and the answer is 503; from
 * the moment on at which HTTPS works it is 301. The redirect so depends on what it promises, in
 * every replica by itself, without a further run, a Job, or anybody who may write to the cluster.
 *
 * The challenge's path is never redirected: it is a route of its own on port 80 while a challenge is
 * pending, and istiod puts routes that match everything, as this one does, behind all others of a
 * host (SortVHostRoutes in pilot/pkg/networking/core/route/route.go). `httpsRedirect` of a Gateway
 * would be a property of the whole virtual host, the challenge included.
 */
export class HttpsHost extends pulumi.ComponentResource {
  /** `<namespace>/<name>` of the Gateway that VirtualServices of the host name. */
  readonly gateway: pulumi.Output<string>;

  constructor(name: string, args: HttpsHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:https:HttpsHost", name, {}, opts);

    const object = (suffix: string, spec: k8s.apiextensions.CustomResourceArgs) =>
      new k8s.apiextensions.CustomResource(`${name}-${suffix}`, spec, {
        parent: this,
        dependsOn: [args.istiod],
      });
    object("certificate", certificate(args));
    object("http", httpGateway(args));
    const https = object("https", httpsGateway(args));
    object("loopback", loopback(args));
    object("loopback-tls", loopbackTls(args));
    object("upgrade", upgrade(args));
    object("redirect", redirect(args));

    this.gateway = https.metadata.name.apply((gateway) => `${SYSTEM_NAMESPACE}/${gateway}`);
    this.registerOutputs({ gateway: this.gateway });
  }
}
