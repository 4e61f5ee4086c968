import type * as pulumi from "@pulumi/pulumi";
import { ClovaExtension } from "../components/clova/clova-extension";
import { CLOVA } from "../components/clova/constants";
import { HttpsHost } from "../components/https/https-host";
import type { ClovaConfig, Cluster, Mesh } from "../config/model";

export interface ClovaStackArgs {
  readonly cluster: Cluster;
  readonly mesh: Mesh;
  /** Name of a ClusterIssuer; nothing where no host enters. */
  readonly issuer: pulumi.Input<string> | undefined;
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/** The part that one cluster has in the Clova extension. */
export function clovaExtension(
  { host, service }: ClovaConfig,
  { cluster, mesh, issuer, istioCni, istiod }: ClovaStackArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { name, namespace } = CLOVA;
  const entry =
    host !== undefined && issuer !== undefined
      ? {
          host,
          gateway: new HttpsHost(
            "clova-host",
            { service: name, host, namespace, issuer, istiod },
            opts,
          ).gateway,
        }
      : undefined;
  new ClovaExtension(
    "clova-extension",
    { cluster, trustDomain: mesh.trustDomain, service, entry, istioCni, istiod },
    opts,
  );
}
