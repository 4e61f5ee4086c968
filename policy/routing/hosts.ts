import { hostCovers } from "./l4-match";

const CLUSTER_DOMAIN = "svc.cluster.local";

/**
 * The full name of a host in Istio's configuration: one without a dot is a service of the object's own
 * namespace (istio.io "Destination").
 *
 * @returns undefined for a short name while the namespace isn't known
 */
export function fullHost(host: string, namespace: string | undefined): string | undefined {
  if (host.includes(".") || host === "*") {
    return host;
  }
  return namespace && `${host}.${namespace}.${CLUSTER_DOMAIN}`;
}

/** Whether a host is a service of the mesh, and not a name that the public calls. */
export const isMeshService = (host: string): boolean =>
  /^[a-z0-9-]+$/.test(host) || host.endsWith(`.${CLUSTER_DOMAIN}`);

/** Whether a DestinationRule for `rule` applies to `host`; both full names. */
export const appliesTo = (rule: string, host: string): boolean => hostCovers(rule, host);
