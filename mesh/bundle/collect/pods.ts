import type { Item } from "../../preflight/cluster-api";

export interface PodItem extends Item {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
}

/** In the order in which they start. */
export const containersOf = ({ status }: PodItem): readonly ContainerStatus[] => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
];

export const isReady = ({ status }: PodItem): boolean =>
  (status?.conditions ?? []).some(
    ({ type, status: value }) => type === "Ready" && value === "True",
  );
