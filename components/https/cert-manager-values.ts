import type { Footprint } from "../../config/clouds";
import type { HelmValues } from "../../config/model";
import { mergeValues } from "../helm/merge-values";
import { CERT_MANAGER_NAMESPACE } from "./constants";

/** What decides the values of the cert-manager chart. */
export interface CertManagerValuesArgs {
  readonly footprint: Footprint;
  /** What becomes of its custom resource definitions when the stack is destroyed. */
  readonly onDestroy: "delete" | "keep";
  /** Merged over ours. */
  readonly values: HelmValues;
}

const request = (cpu: string, memory: string): HelmValues => ({
  resources: { requests: { cpu, memory } },
});

const SIZES: Readonly<Record<Footprint, HelmValues>> = {
  standard: {
    ...request("50m", "128Mi"),
    webhook: request("20m", "64Mi"),
    cainjector: request("20m", "128Mi"),
  },
  small: {
    ...request("10m", "50Mi"),
    webhook: request("10m", "30Mi"),
    cainjector: request("10m", "40Mi"),
  },
};

/** Helm values of the cert-manager chart. */
export function certManagerValues(args: CertManagerValuesArgs): HelmValues {
  const values: HelmValues = {
    crds: { enabled: true, keep: args.onDestroy === "keep" },
    // Keys don't outlive what they were made for.
    enableCertificateOwnerRef: true,
    // By default in kube-system, where some clouds let nobody write.
    global: { leaderElection: { namespace: CERT_MANAGER_NAMESPACE } },
  };
  return mergeValues(values, SIZES[args.footprint], args.values);
}
