import { remoteKubeconfig } from "../../config/kubeconfig";
import type { CacertsPem } from "../../config/model";
import type { TrustOutputs } from "../../stacks/outputs";
import { makeSelfSigned } from "../engine/handlers/tls-certificates";
import { makePrivateKey } from "../engine/handlers/tls-key";
import { isObject, objectOr } from "../../config/json";
import type { StackConfig } from "../../config/stack-files";
import type { StackOutputs } from "./recorder";
import { SECRET_TEXT, UNKNOWN_TEXT } from "./redact";

/**
 * What a render puts in place of secrets, which it neither needs nor could always read: values of the
 * same shape, so that the program's checks pass. None of them gets into a file.
 */
export interface StandIns {
  /** Configuration. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly secretKeys: readonly string[];
  readonly stackOutputs: StackOutputs;
}

/** For an encrypted value that is not listed here. */
export const placeholder = (): string => SECRET_TEXT;

/** @param config the configuration without stand-ins */
export async function standIns({ project, config }: StackConfig): Promise<StandIns> {
  const value = (key: string): unknown => readJson(config[`${project}:${key}`]);
  const clusters = clusterNames(value("clusters"));
  const provided = Object.keys(objectOr(value("remoteKubeconfigs")));
  const own = clusters.filter((name) => !provided.includes(name));
  const hasCacerts = Object.keys(objectOr(value("cacerts"))).length > 0;
  return {
    values: {
      kubeconfigs: kubeconfigs(own),
      remoteKubeconfigs: kubeconfigs(provided),
      ...(hasCacerts && { cacerts: await cacerts() }),
    },
    secretKeys: ["kubeconfigs", "remoteKubeconfigs", "cacerts"],
    stackOutputs: async () => ({
      outputs: trustOutputs(clusters, await cacerts()),
      secretOutputs: ["cacerts", "theaterRedisPassword"],
    }),
  };
}

const kubeconfigs = (clusters: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    clusters.map((clusterId) => [
      clusterId,
      remoteKubeconfig({
        clusterId,
        // RFC 2606: a name that never exists.
        server: `https://${clusterId}.invalid:6443`,
        caData: "",
        token: "render",
      }),
    ]),
  );

/** What the trust stack exports, the same for every cluster. */
const trustOutputs = (
  clusters: readonly string[],
  files: CacertsPem,
): Readonly<Record<keyof TrustOutputs, unknown>> => ({
  cacerts: Object.fromEntries(clusters.map((id) => [id, files])),
  rootCertificates: UNKNOWN_TEXT,
  rootFingerprints: [UNKNOWN_TEXT],
  intermediates: Object.fromEntries(clusters.map((id) => [id, UNKNOWN_TEXT])),
  theaterRedisPassword: UNKNOWN_TEXT,
});

/** A CA that signs itself: the shortest chain that leads to its root. */
async function cacerts(): Promise<CacertsPem> {
  const { privateKeyPem } = makePrivateKey({ algorithm: "ECDSA", ecdsaCurve: "P256" });
  const { certPem } = await makeSelfSigned(
    {
      privateKeyPem,
      subject: { commonName: "render" },
      isCaCertificate: true,
      allowedUses: ["cert_signing"],
      validityPeriodHours: 1,
    },
    new Date(),
  );
  return { caCert: certPem, caKey: privateKeyPem, rootCert: certPem, certChain: certPem };
}

const clusterNames = (clusters: unknown): string[] =>
  (Array.isArray(clusters) ? clusters : []).flatMap((cluster) =>
    isObject(cluster) && typeof cluster["name"] === "string" ? [cluster["name"]] : [],
  );

function readJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
