import type { PkiConfig } from "../../config/schema";

/** Arguments of `tls.PrivateKey` for each algorithm that istiod can read (RSA, P-256, P-384). */
const ALGORITHMS = {
  "ECDSA-P256": { algorithm: "ECDSA", ecdsaCurve: "P256" },
  "ECDSA-P384": { algorithm: "ECDSA", ecdsaCurve: "P384" },
  "RSA-2048": { algorithm: "RSA", rsaBits: 2048 },
  "RSA-4096": { algorithm: "RSA", rsaBits: 4096 },
} as const satisfies Record<PkiConfig["keyAlgorithm"], object>;

export const privateKeyArgs = (pki: PkiConfig) => ALGORITHMS[pki.keyAlgorithm];

const HOURS_PER_DAY = 24;
export const hours = (days: number): number => days * HOURS_PER_DAY;
