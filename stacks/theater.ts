import * as pulumi from "@pulumi/pulumi";
import { HttpsHost } from "../components/https/https-host";
import { SYSTEM_NAMESPACE } from "../components/istio/constants";
import { THEATER } from "../components/theater/constants";
import { Theater } from "../components/theater/theater";
import { TheaterEntry } from "../components/theater/theater-entry";
import type { Cluster, Mesh, TheaterConfig, TheaterEntry as Entry } from "../config/model";

export interface TheaterStackArgs {
  readonly cluster: Cluster;
  readonly mesh: Mesh;
  /** Name of a ClusterIssuer; nothing where no host enters by HTTPS. */
  readonly issuer: pulumi.Input<string> | undefined;
  readonly redisPassword: pulumi.Input<string>;
  readonly autoscale: boolean;
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/** The part that one cluster has in the theater. */
export function theater(
  config: TheaterConfig,
  { cluster, mesh, issuer, redisPassword, autoscale, istioCni, istiod }: TheaterStackArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  new Theater(
    THEATER.name,
    { cluster, trustDomain: mesh.trustDomain, config, redisPassword, autoscale, istioCni, istiod },
    opts,
  );
  if (config.entry !== undefined) {
    new TheaterEntry(
      "theater-entry",
      { host: config.entry.host, gateway: gatewayOf(config.entry, issuer, istiod, opts), istiod },
      opts,
    );
  }
}

function gatewayOf(
  entry: Entry,
  issuer: pulumi.Input<string> | undefined,
  istiod: pulumi.Resource,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Input<string> | undefined {
  if (entry.kind === "existing") {
    return entry.gateway;
  }
  return entry.kind === "https" && issuer !== undefined
    ? new HttpsHost(
        "theater-host",
        { service: THEATER.name, host: entry.host, namespace: SYSTEM_NAMESPACE, issuer, istiod },
        opts,
      ).gateway
    : undefined;
}

/**
 * The password that the trust stack made for the mesh's redis. A preview goes on without it.
 *
 * @param password that output, if it is there
 * @param stack full name of the trust stack
 * @throws pulumi.RunError where the trust stack hasn't made one yet
 */
export function redisPassword(password: unknown, stack: string, isPreview: boolean): string {
  if (typeof password === "string") {
    return password;
  }
  const problem = `Stack ${stack} has no password for the theater's redis: set mesh:theater.enabled there too and run pulumi up --stack ${stack.split("/").at(-1)}`;
  if (!isPreview) {
    throw new pulumi.RunError(problem);
  }
  void pulumi.log.warn(problem);
  return `to be made by ${stack}`;
}
