import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { BookinfoConfig } from "../../config/bookinfo";
import type { Cluster } from "../../config/model";
import { meshedNamespaceLabels } from "../pod-security";
import { accountName, BOOKINFO } from "./constants";
import { deployment } from "./deployment";
import { reviewsShares, reviewsSubsets } from "./reviews-routing";
import { SERVICES, WORKLOADS } from "./workloads";

export interface BookinfoArgs {
  readonly cluster: Cluster;
  readonly bookinfo: BookinfoConfig;
  /** Whether istio-cni leads the pods' traffic to their proxies. */
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/**
 * Istio's sample application as one cluster sees it: the workloads that run here, and the rules by
 * which the calls to reviews are shared, which are the same in every cluster.
 */
export class Bookinfo extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: BookinfoArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:bookinfo:Bookinfo", name, {}, opts);

    const { cluster, bookinfo, istiod } = args;
    this.namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: BOOKINFO.namespace, labels: meshedNamespaceLabels(args.istioCni) } },
      { parent: this },
    ).metadata.name;
    const { namespace } = this;

    for (const service of SERVICES) {
      new k8s.core.v1.Service(
        `${name}-${service}`,
        {
          metadata: { name: service, namespace, labels: { app: service } },
          spec: {
            selector: { app: service },
            ports: [{ name: "http", port: BOOKINFO.port, targetPort: BOOKINFO.port }],
          },
        },
        { parent: this },
      );
    }
    const accounts = new Map(
      [...new Set(bookinfo.workloads.map((workload) => WORKLOADS[workload.name].service))].map(
        (service) => [
          service,
          new k8s.core.v1.ServiceAccount(
            `${name}-${service}-account`,
            {
              metadata: { name: accountName(service), namespace },
              automountServiceAccountToken: false,
            },
            { parent: this },
          ).metadata.name,
        ],
      ),
    );
    for (const workload of bookinfo.workloads) {
      const account = accounts.get(WORKLOADS[workload.name].service) as pulumi.Output<string>;
      new k8s.apps.v1.Deployment(
        `${name}-${workload.name}-deployment`,
        deployment({ ...workload, cluster, namespace, account }),
        { parent: this, dependsOn: [istiod] },
      );
    }

    const rule = (suffix: string, object: k8s.apiextensions.CustomResourceArgs) =>
      new k8s.apiextensions.CustomResource(`${name}-${suffix}`, object, {
        parent: this,
        dependsOn: [istiod],
      });
    rule("reviews-subsets", reviewsSubsets(namespace, bookinfo.versions));
    rule("reviews-shares", reviewsShares(namespace, bookinfo.routes));
    this.registerOutputs({ namespace });
  }
}
