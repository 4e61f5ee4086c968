import { z } from "zod";
import { says } from "./says";

const url = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    says("an http or https URL", "write it with its scheme"),
  );

const isHttps = (text: string): boolean =>
  URL.canParse(text) && new URL(text).protocol === "https:";

/** The Clova extension. */
export const clova = z.strictObject({
  host: z.string().min(1).optional().describe("Public host; without it nothing is deployed"),
  gateway: z
    .string()
    .optional()
    .describe("Cluster whose ingress gateway the host's DNS record names; the first by default"),
  clusters: z
    .array(z.string())
    .default([])
    .describe("Clusters that run the service; all of the mesh by default"),
  replicas: z.int().min(1).default(2).describe("Pods per cluster"),
  image: z.string().min(1).default("istio-multicloud/clova:0.1.0").describe("Image of the service"),
  applicationId: z
    .string()
    .min(1)
    .optional()
    .describe("Extension ID of the Clova console; requests for another one are refused"),
  signatureKey: z
    .string()
    .refine(
      (text) => text.includes("-----BEGIN PUBLIC KEY-----") || isHttps(text),
      says("a public key in PEM, or its https URL", "paste the file, or write its path"),
    )
    .optional()
    .describe("URL, or the PEM text itself, of the key that CEK signs with; NAVER's by default"),
  raspberryPiUrl: url
    .optional()
    .describe("Where the Raspberry Pi answers; left out, its intents say so"),
});

export type RawClova = z.output<typeof clova>;
