/** Which parts there are; a part's id is also its key in plans and logs. */
export type PartId =
  | "host-packages"
  | "debian-packages"
  | "envoy"
  | "kubernetes-modules"
  | "istio-modules"
  | "cert-manager-modules"
  | "prometheus-modules"
  | "jaeger-modules"
  | "kubernetes-binaries"
  | "istio-binaries"
  | "cert-manager-binaries"
  | "prometheus-binaries"
  | "jaeger-binaries"
  | "build-caches"
  | "images";

/** Something that the lab has to fetch or build once before clusters can run. */
export interface Part {
  readonly id: PartId;
  /** A few words for a list of tasks. */
  readonly title: string;
  /** What exactly will be fetched or built, one line. */
  readonly detail: string;
  /** Measured on 2 idle cores with an ordinary connection. */
  readonly expectedSeconds: number;
  /** Disk that making it takes at its peak, in MiB. */
  readonly diskMebibytes: number;
  /** Parts it is made from: when one of them is missing, so is this one. */
  readonly needs: readonly PartId[];
  /** Parts that must not be made at the same time and come first, although it isn't made from them. */
  readonly after: readonly PartId[];
  isCached(): Promise<boolean>;
  /**
   * Makes it, or carries on where a killed run stopped.
   *
   * @param progress gets one short line for every step
   * @throws UserError when the user can do something about it
   */
  make(progress: (line: string) => void, signal: AbortSignal): Promise<void>;
}
