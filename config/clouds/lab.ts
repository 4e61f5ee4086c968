import type { CloudProfile } from "./profile";

/** The clusters of `npm run lab`: one node each, a load balancer of the lab's own. */
export const lab = {
  title: "the lab's clusters",
  addressKind: "any",
  loadBalancer: {
    ingress: {},
    eastWest: {},
    reason:
      "The lab's load balancer hands out host names and addresses, as NAVER and NHN do, and reads no annotations.",
  },
  footprint: "small",
  metricsServer: "none",
  cni: { name: "bridge", notes: [] },
  firewall: [],
  notes: ["There is no storage driver: claims stay pending."],
  sources: ["docs/lab.md"],
} as const satisfies CloudProfile;
