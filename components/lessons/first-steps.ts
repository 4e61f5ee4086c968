import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { LESSONS } from "./constants";
import { greeting } from "./greeting";
import { hello } from "./hello";
import { ingress, ingressClass } from "./ingress";
import { nodePort } from "./services";
import { token } from "./token";

export interface FirstStepsArgs {
  readonly image: string;
  /** What the application says. */
  readonly greeting: string;
  /** Port of every node. */
  readonly nodePort: number;
  /** Host of the Ingress. */
  readonly host: string;
  readonly istiod: pulumi.Resource;
}

const TOKEN_LENGTH = 32;

/**
 * One application and an object of each kind that Kubernetes begins with (docs/first-steps.md). It
 * runs without sidecars: what is in the mesh takes no plain requests, and a node's port sends nothing
 * else.
 */
export class FirstSteps extends pulumi.ComponentResource {
  constructor(name: string, args: FirstStepsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:lessons:FirstSteps", name, {}, opts);

    const child = { parent: this };
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: LESSONS.namespace } },
      child,
    ).metadata.name;
    const configMap = new k8s.core.v1.ConfigMap(
      `${name}-greeting`,
      greeting(namespace, args.greeting),
      child,
    );
    const password = new random.RandomPassword(
      `${name}-token-value`,
      { length: TOKEN_LENGTH, special: false },
      child,
    );
    const secret = new k8s.core.v1.Secret(
      `${name}-token`,
      token(namespace, password.result),
      child,
    );
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata: { name: LESSONS.app, namespace }, automountServiceAccountToken: false },
      child,
    );
    new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      hello({
        namespace,
        image: args.image,
        account: account.metadata.name,
        greeting: configMap.metadata.name,
        token: secret.metadata.name,
      }),
      child,
    );
    new k8s.core.v1.Service(`${name}-service`, nodePort(namespace, args.nodePort), child);
    const kind = new k8s.networking.v1.IngressClass(`${name}-class`, ingressClass(), child);
    new k8s.networking.v1.Ingress(
      `${name}-ingress`,
      ingress(namespace, { host: args.host, className: kind.metadata.name }),
      { ...child, dependsOn: [args.istiod] },
    );
    this.registerOutputs({});
  }
}
