import type { BookinfoWorkload } from "../../config/bookinfo";

/** What sets one workload of Bookinfo apart from the others. */
export interface Workload {
  /** The service that it is a version of. */
  readonly service: string;
  readonly version: string;
  /** Nothing for what takes no requests. */
  readonly health: "/health" | undefined;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folders that the program writes to. */
  readonly writable: readonly string[];
  readonly memory: { readonly request: string; readonly limit: string };
}

const small = { request: "64Mi", limit: "256Mi" } as const;

/** WebSphere Liberty, which the reviews run on: its variables for what it writes (Liberty docs, "Directory locations and properties"). */
const LIBERTY = { LOG_DIR: "/tmp/logs", WLP_OUTPUT_DIR: "/opt/ibm/wlp/output" } as const;

/** The images hold these already, one per version; said here, an image of one version can be all. */
const reviews = (version: string, stars: Readonly<Record<string, string>>): Workload => ({
  service: "reviews",
  version,
  health: "/health",
  env: { ...LIBERTY, ...stars },
  writable: ["/tmp", "/opt/ibm/wlp/output"],
  memory: { request: "256Mi", limit: "768Mi" },
});

/** Bookinfo's Deployments, by name (istio samples/bookinfo/platform/kube/bookinfo.yaml, 1.31). */
export const WORKLOADS: Readonly<Record<BookinfoWorkload, Workload>> = {
  productpage: {
    service: "productpage",
    version: "v1",
    health: "/health",
    writable: ["/tmp"],
    memory: small,
  },
  details: { service: "details", version: "v1", health: "/health", writable: [], memory: small },
  ratings: { service: "ratings", version: "v1", health: "/health", writable: [], memory: small },
  "reviews-v1": reviews("v1", { ENABLE_RATINGS: "false" }),
  "reviews-v2": reviews("v2", { ENABLE_RATINGS: "true", STAR_COLOR: "black" }),
  "reviews-v3": reviews("v3", { ENABLE_RATINGS: "true", STAR_COLOR: "red" }),
  client: {
    service: "client",
    version: "v1",
    health: undefined,
    args: ["sleep", "infinity"],
    writable: [],
    memory: { request: "32Mi", limit: "128Mi" },
  },
};

/** What takes requests; each is a Service in every cluster, wherever its pods are. */
export const SERVICES = ["productpage", "details", "ratings", "reviews"] as const;
