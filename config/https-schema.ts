import { z } from "zod";
import { says } from "./says";

/** The directories that have names of their own (letsencrypt.org/docs/staging-environment). */
export const ACME_DIRECTORIES = {
  letsencrypt: "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

export type NamedDirectory = keyof typeof ACME_DIRECTORIES;

export const isNamedDirectory = (issuer: string): issuer is NamedDirectory =>
  issuer in ACME_DIRECTORIES;

const issuer = z
  .string()
  .refine(
    (text) => isNamedDirectory(text) || (URL.canParse(text) && new URL(text).protocol === "https:"),
    says(
      `${Object.keys(ACME_DIRECTORIES).join(", ")} or an https URL`,
      "write the URL of the ACME server's directory",
    ),
  );

const values = z.record(z.string(), z.unknown()).default({});

/** Certificates of public hosts. */
export const https = z.strictObject({
  issuer: issuer
    .default("letsencrypt")
    .describe("letsencrypt, letsencrypt-staging, or the URL of another ACME server's directory"),
  caBundle: z
    .string()
    .refine(
      (text) => text.includes("-----BEGIN CERTIFICATE-----"),
      says("PEM certificates", "paste the file"),
    )
    .optional()
    .describe("Roots of that other server's own certificate, if they are not public"),
  email: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/)
    .optional()
    .describe("Where the ACME server's operator can write to"),
  clusterIssuer: z
    .string()
    .min(1)
    .optional()
    .describe("Your own ClusterIssuer, e.g. by DNS-01, instead of all above"),
  certManager: z
    .strictObject({
      mode: z
        .enum(["install", "existing"])
        .default("install")
        .describe("Install cert-manager, or use the cluster's"),
      version: z
        .string()
        .regex(/^v\d+\.\d+\.\d+/)
        .default("v1.21.2")
        .describe("Version of its chart, which is that of its images"),
      charts: z
        .string()
        .min(1)
        .default("https://charts.jetstack.io")
        .describe("Helm repository, oci:// prefix, or folder that holds the chart cert-manager"),
      values: values.describe("Further Helm values, merged over ours"),
    })
    .prefault({})
    .describe("Where cert-manager comes from"),
});

export type RawHttps = z.output<typeof https>;
