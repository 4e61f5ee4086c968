import type * as pulumi from "@pulumi/pulumi";
import { Bookinfo } from "../components/bookinfo/bookinfo";
import { BOOKINFO } from "../components/bookinfo/constants";
import { ProductPageEntry } from "../components/bookinfo/product-page-entry";
import { ReviewsByAddress } from "../components/bookinfo/reviews-by-address";
import { ReviewsPassthrough } from "../components/bookinfo/reviews-passthrough";
import { HttpsHost } from "../components/https/https-host";
import type { BookinfoConfig } from "../config/bookinfo";
import type { Cluster, Mesh } from "../config/model";

export interface BookinfoStackArgs {
  readonly cluster: Cluster;
  readonly mesh: Mesh;
  /** Name of a ClusterIssuer; nothing where no host enters by HTTPS. */
  readonly issuer: pulumi.Input<string> | undefined;
  readonly istioCni: boolean;
  readonly istiod: pulumi.Resource;
}

/** The part that one cluster has in Bookinfo. */
export function bookinfoSample(
  bookinfo: BookinfoConfig,
  { cluster, mesh, issuer, istioCni, istiod }: BookinfoStackArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { namespace } = new Bookinfo("bookinfo", { cluster, bookinfo, istioCni, istiod }, opts);
  const { entry } = bookinfo;
  if (entry !== undefined) {
    const gateway =
      entry.kind === "https" && issuer !== undefined
        ? new HttpsHost(
            "product-page-host",
            {
              service: BOOKINFO.name,
              host: entry.host,
              namespace: BOOKINFO.namespace,
              issuer,
              istiod,
            },
            opts,
          ).gateway
        : undefined;
    new ProductPageEntry(
      "product-page-entry",
      { namespace, host: entry.host, gateway, istiod },
      opts,
    );
  }
  const routes = bookinfo.routes.filter(({ addresses }) => addresses.length > 0);
  if (routes.length > 0) {
    const { trustDomain } = mesh;
    new ReviewsByAddress("reviews-by-address", { namespace, trustDomain, routes, istiod }, opts);
  }
  if (bookinfo.opened.length > 0) {
    new ReviewsPassthrough("reviews-passthrough", { versions: bookinfo.opened, istiod }, opts);
  }
}
