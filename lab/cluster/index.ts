export type { ImageArchive, Toolchain } from "./toolchain";
export {
  CLUSTER_STEPS,
  existingClusters,
  upCluster,
  upLoadBalancer,
  upNetwork,
  type ClusterEvent,
  type ClusterStep,
} from "./lifecycle";
export { leftovers, type Leftover } from "./leftovers";
export { status, type ClusterStatus, type ComponentStatus, type LabStatus } from "./status";
export { down, downCluster, type DownStep } from "./teardown";
export { importImages } from "./images";
