import type { VirtualService } from "../../routing/change";
import type { KubeApi } from "../live/kube-api";
import { routePath } from "../live/paths";

/** The VirtualServices of the gateway's own cluster. */
export interface RouteStore {
  /** @throws ApiError */
  read(service: string): Promise<VirtualService>;
  /** @throws ApiError `conflict` where somebody else changed it since it was read */
  write(service: string, changed: VirtualService): Promise<void>;
}

export const routeStore = (api: KubeApi): RouteStore => ({
  read: async (service) => (await api.get(routePath(service))) as VirtualService,
  async write(service, changed) {
    await api.put(routePath(service), changed);
  },
});
