import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { chartSource } from "../helm/chart-source";
import { releaseArgs } from "../helm/release-args";
import { OBSERVABILITY } from "./constants";
import { kialiValues, peerSecret, type KialiValuesArgs } from "./kiali-values";

export interface KialiArgs extends Omit<KialiValuesArgs, "peers" | "signingKey"> {
  /** The namespace of all that observes. */
  readonly namespace: pulumi.Input<string>;
  /** Kubeconfig by which it reads each peer, by ID (secret). */
  readonly peers: Readonly<Record<string, pulumi.Input<string>>>;
  readonly istiod: pulumi.Resource;
}

/** Kiali, which draws the whole mesh: one for all clusters, each read by an identity made for it. */
export class Kiali extends pulumi.ComponentResource {
  constructor(name: string, args: KialiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Kiali", name, {}, opts);

    const { namespace, peers, istiod, ...rest } = args;
    const secrets = Object.entries(peers).map(
      ([peer, kubeconfig]) =>
        new k8s.core.v1.Secret(
          `${name}-peer-${peer}`,
          {
            metadata: {
              name: peerSecret(peer),
              namespace,
              labels: { "kiali.io/multiCluster": "true" },
              annotations: { "kiali.io/cluster": peer },
            },
            stringData: { [peer]: pulumi.secret(kubeconfig) },
          },
          { parent: this, additionalSecretOutputs: ["data", "stringData"] },
        ),
    );
    const { result } = new random.RandomPassword(
      `${name}-signing-key`,
      { length: 16, special: false },
      { parent: this },
    );
    new k8s.helm.v3.Release(
      `${name}-release`,
      {
        ...releaseArgs(
          OBSERVABILITY.kiali,
          namespace,
          kialiValues({ ...rest, peers: Object.keys(peers), signingKey: pulumi.secret(result) }),
        ),
        ...chartSource(args.kiali, "kiali-server"),
      },
      { parent: this, dependsOn: [istiod, ...secrets] },
    );
    this.registerOutputs({});
  }
}
