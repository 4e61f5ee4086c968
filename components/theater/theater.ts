import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster, TheaterConfig } from "../../config/model";
import { meshedNamespaceLabels } from "../pod-security";
import { ACCESS, authorizationPolicy, denyAll, egressPolicy, ingressPolicy } from "./access";
import { THEATER, THEATER_PORTS } from "./constants";
import { PageAccess, type PageGatewayArgs } from "./page-access";
import { redisDeploymentOf, redisSecretOf, volumeClaimOf } from "./redis-objects";
import { autoscalerOf, deploymentOf, disruptionBudgetOf, serviceOf } from "./service-objects";
import { destinationRule, virtualService } from "./traffic";

export interface TheaterArgs {
  readonly cluster: Cluster;
  /** SPIFFE trust domain of the mesh. */
  readonly trustDomain: string;
  readonly config: Pick<
    TheaterConfig,
    "services" | "redis" | "routes" | "replicas" | "nodeAffinity" | "page"
  >;
  /** IDs of the mesh's clusters, in its order. */
  readonly clusters: readonly string[];
  /** What the gateway's page sees the peers by. */
  readonly pageGateway: PageGatewayArgs;
  /** The same in every cluster of the mesh. */
  readonly redisPassword: pulumi.Input<string>;
  /** Whether the cluster has metrics to scale by. */
  readonly autoscale: boolean;
  /** Whether istio-cni leads the pods' traffic to their proxies. */
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/**
 * The theater as one cluster sees it: the pods that are placed here, and the names, routes and rules
 * of access of all its services, which are the same in every cluster.
 */
export class Theater extends pulumi.ComponentResource {
  /** Name of the namespace, known once it is there. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: TheaterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:theater:Theater", name, {}, opts);

    const own = { parent: this };
    const afterIstiod = { parent: this, dependsOn: [args.istiod] };
    const { cluster, config } = args;
    const space = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: THEATER.namespace, labels: meshedNamespaceLabels(args.istioCni) } },
      own,
    );
    const namespace = space.metadata.name;
    const within = { parent: this, dependsOn: [space] };
    for (const [service, port] of Object.entries(THEATER_PORTS)) {
      new k8s.core.v1.Service(
        `${name}-${service}`,
        serviceOf(service, port, "http", namespace),
        own,
      );
    }
    new k8s.core.v1.Service(
      `${name}-redis`,
      serviceOf(THEATER.redis, THEATER.redisPort, "tcp", namespace),
      own,
    );

    const custom = (suffix: string, object: k8s.apiextensions.CustomResourceArgs) =>
      new k8s.apiextensions.CustomResource(`${name}-${suffix}`, object, {
        ...afterIstiod,
        dependsOn: [args.istiod, space],
      });
    const rules = [
      custom("deny-all", denyAll),
      ...ACCESS.map((access) =>
        custom(`${access.service}-callers`, authorizationPolicy(access, args.trustDomain)),
      ),
    ];
    for (const access of ACCESS) {
      new k8s.networking.v1.NetworkPolicy(
        `${name}-${access.service}-ingress`,
        ingressPolicy(access),
        within,
      );
    }
    new k8s.networking.v1.NetworkPolicy(`${name}-egress`, egressPolicy, within);

    custom("api-gateway-destination", destinationRule("api-gateway", []));
    for (const route of config.routes) {
      const clusters = route.weights.map((share) => share.cluster);
      const subsets = custom(
        `${route.service}-destination`,
        destinationRule(route.service, clusters),
      );
      new k8s.apiextensions.CustomResource(
        `${name}-${route.service}-route`,
        virtualService(route),
        {
          parent: this,
          dependsOn: [subsets],
        },
      );
    }

    const secret = new k8s.core.v1.Secret(
      `${name}-redis-secret`,
      redisSecretOf(namespace, args.redisPassword, config.redis?.storage !== undefined),
      own,
    );
    const account = (service: string) =>
      new k8s.core.v1.ServiceAccount(
        `${name}-${service}-account`,
        { metadata: { name: service, namespace }, automountServiceAccountToken: false },
        own,
      );
    const { page } = config;
    const hasGateway = config.services.some(({ name: service }) => service === "api-gateway");
    const pageAccess =
      page &&
      new PageAccess(
        `${name}-page`,
        {
          namespace,
          cluster: cluster.id,
          viewers: page.viewers,
          gateway: hasGateway ? args.pageGateway : undefined,
        },
        own,
      );
    const placed = { namespace, cluster, nodeAffinity: config.nodeAffinity };
    const redis: pulumi.Resource[] = [];
    if (config.redis !== undefined) {
      const { storage, storageClass } = config.redis;
      const volume =
        storage === undefined
          ? []
          : [
              new k8s.core.v1.PersistentVolumeClaim(
                `${name}-redis-volume`,
                volumeClaimOf(namespace, storage, storageClass),
                own,
              ),
            ];
      redis.push(
        new k8s.apps.v1.Deployment(
          `${name}-redis-deployment`,
          redisDeploymentOf(config.redis, placed),
          { parent: this, dependsOn: [account(THEATER.redis), secret, ...volume, ...rules] },
        ),
      );
    }
    for (const { name: service, image } of config.services) {
      new k8s.apps.v1.Deployment(
        `${name}-${service}-deployment`,
        deploymentOf({
          ...placed,
          name: service,
          image,
          replicas: args.autoscale ? undefined : config.replicas,
          // Without redis a service isn't ready, and another stack's may come later.
          awaited: config.redis !== undefined || service === "api-gateway",
          page:
            pageAccess && service === "api-gateway"
              ? { clusters: args.clusters, controlFingerprint: pageAccess.controlFingerprint }
              : undefined,
        }),
        {
          parent: this,
          dependsOn: [
            account(service),
            secret,
            ...redis,
            ...rules,
            ...(pageAccess ? [pageAccess] : []),
          ],
        },
      );
      new k8s.policy.v1.PodDisruptionBudget(
        `${name}-${service}-budget`,
        disruptionBudgetOf(service, namespace),
        own,
      );
      if (args.autoscale) {
        new k8s.autoscaling.v2.HorizontalPodAutoscaler(
          `${name}-${service}-autoscaler`,
          autoscalerOf(service, namespace, config.replicas),
          own,
        );
      }
    }

    this.namespace = namespace;
    this.registerOutputs({ namespace });
  }
}
