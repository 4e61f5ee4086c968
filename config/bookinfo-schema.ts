import { z } from "zod";
import { says } from "./says";

const gatewayAddress = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9]([-.:A-Za-z0-9]*[A-Za-z0-9])?$/.test(text),
    says(
      "an IP address or a host name, without scheme and port",
      "write the EXTERNAL-IP of the cluster's Service istio-eastwestgateway",
    ),
  );

const on = (what: string) => z.array(z.string()).optional().describe(`Clusters that run ${what}`);

const percent = (version: string, fallback: number) =>
  z
    .int()
    .min(0)
    .max(100)
    .default(fallback)
    .describe(`Percentage of the requests to reviews that version ${version} answers`);

/** The tag of istio.io's own manifests (samples/bookinfo/platform/kube/bookinfo.yaml, 1.31). */
const upstream = (workload: string, what: string) =>
  z
    .string()
    .min(1)
    .default(`docker.io/istio/examples-bookinfo-${workload}:1.20.3`)
    .describe(`Image of ${what}`);

/** Istio's sample application, spread over the mesh. */
export const bookinfo = z.strictObject({
  enabled: z.boolean().default(false).describe("Deploy Bookinfo"),
  host: z
    .string()
    .min(1)
    .optional()
    .describe("Public host of the product page; without it the page is inside the mesh only"),
  gateway: z
    .string()
    .optional()
    .describe("Cluster whose ingress gateway the host's DNS record names; the first by default"),
  entry: z
    .enum(["https", "http"])
    .default("https")
    .describe("How the host enters: by HTTPS alone, or by plain HTTP"),
  placement: z
    .strictObject({
      productpage: on("the product page"),
      details: on("the books' details"),
      ratings: on("the stars of the reviews"),
      "reviews-v1": on("the reviews without stars"),
      "reviews-v2": on("the reviews with black stars"),
      "reviews-v3": on("the reviews with red stars"),
      client: on("a pod to send requests from"),
    })
    .prefault({})
    .describe("Where each part runs"),
  weights: z
    .strictObject({ v1: percent("1", 30), v2: percent("2", 70), v3: percent("3", 0) })
    .prefault({})
    .describe("Shares of the reviews' versions, 100 together"),
  addresses: z
    .record(z.string(), gatewayAddress)
    .default({})
    .describe(
      "East-west gateways of clusters whose reviews are reached by address, not as the mesh's peers",
    ),
  images: z
    .strictObject({
      productpage: upstream("productpage-v1", "the product page"),
      details: upstream("details-v1", "the details"),
      ratings: upstream("ratings-v1", "the ratings"),
      "reviews-v1": upstream("reviews-v1", "version 1 of the reviews"),
      "reviews-v2": upstream("reviews-v2", "version 2"),
      "reviews-v3": upstream("reviews-v3", "version 3"),
      client: z
        .string()
        .min(1)
        .default(
          "docker.io/curlimages/curl:8.17.0@sha256:935d9100e9ba842cdb060de42472c7ca90cfe9a7c96e4dacb55e79e560b3ff40",
        )
        .describe("Image of the client pod, which runs `sleep infinity` in it"),
    })
    .prefault({})
    .describe("Images of the parts"),
});

export type RawBookinfo = z.output<typeof bookinfo>;
