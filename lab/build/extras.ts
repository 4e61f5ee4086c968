/** What the lab can run beside the mesh. */
export const EXTRAS = ["theater", "https", "bookinfo", "first-steps", "observability"] as const;

/**
 * - `theater`: the booking service over the clouds
 * - `https`: the Clova extension as a public host, with cert-manager and an ACME server
 * - `bookinfo`, `first-steps`: the samples
 * - `observability`: Prometheus and Jaeger, over the whole mesh
 */
export type Extra = (typeof EXTRAS)[number];

export type Extras = ReadonlySet<Extra>;

export const NO_EXTRAS: Extras = new Set();
