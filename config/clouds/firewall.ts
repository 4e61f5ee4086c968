/** One opening in a firewall, security group or ACL around a cluster. */
export interface FirewallRule {
  /** Tells the rules apart in commands and tests. */
  readonly id: string;
  /** `in` and `out` cross the cluster's border, `inside` stays within it. */
  readonly direction: "in" | "out" | "inside";
  /** TCP ports; a pair is a range with both its ends. */
  readonly ports: readonly (number | readonly [first: number, last: number])[];
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** A port that guides open and that the mesh needs closed to the outside. */
export interface ClosedPort {
  readonly port: number;
  readonly reason: string;
}

/**
 * What the firewall of every cluster of a multi-primary, multi-network mesh has to let through.
 *
 * Sources: istio.io "Ports used by Istio" (docs/ops/deployment/application-requirements) and
 * "Multi-Primary on different networks"; Kubernetes "Ports and Protocols" for the node ports.
 */
export const MESH_FIREWALL: readonly FirewallRule[] = [
  {
    id: "east-west",
    direction: "in",
    ports: [15443],
    from: "the addresses that the peers' nodes leave their network by (NAT gateways)",
    to: "the east-west gateway's load balancer",
    reason: "mTLS of the other networks' workloads, which the gateway passes on unopened",
  },
  {
    id: "east-west-out",
    direction: "out",
    ports: [15443],
    from: "the nodes",
    to: "the east-west load balancer of every peer",
    reason: "calls of services that run in a peer",
  },
  {
    id: "api-server",
    direction: "in",
    ports: [443, 6443],
    from: "the addresses that the peers' nodes leave their network by, and whoever runs the stacks",
    to: "the API server (whichever of the ports its kubeconfig names)",
    reason: "every peer's istiod watches this cluster's services and endpoints",
  },
  {
    id: "api-server-out",
    direction: "out",
    ports: [443, 6443],
    from: "the nodes",
    to: "the API server of every peer",
    reason: "this cluster's istiod watches theirs",
  },
  {
    id: "http",
    direction: "in",
    ports: [80, 443],
    from: "the public, or whoever shall call",
    to: "the ingress gateway's load balancer",
    reason: "HTTP and HTTPS of the services that a Gateway publishes; 80 also for ACME challenges",
  },
  {
    id: "images",
    direction: "out",
    ports: [443],
    from: "the nodes",
    to: "the registry of mesh:istioHub and those of your images",
    reason: "pulling the control plane's and the proxies' images",
  },
  {
    id: "node-ports",
    direction: "inside",
    ports: [[30000, 32767]],
    from: "the load balancers",
    to: "the nodes",
    reason: "load balancers and their health checks reach Services by node ports",
  },
  {
    id: "webhooks",
    direction: "inside",
    ports: [15017],
    from: "the API server",
    to: "the nodes that istiod may run on",
    reason: "injection and validation webhooks; without them no pod joins the mesh",
  },
  {
    id: "xds",
    direction: "inside",
    ports: [15012],
    from: "the cluster's own pods",
    to: "istiod",
    reason: "configuration and certificates of the proxies",
  },
];

/**
 * Ports that single-network and primary-remote guides publish on the gateway. Here every cluster has
 * an istiod of its own, so nobody outside has business with them.
 */
export const CLOSED_PORTS: readonly ClosedPort[] = [
  { port: 15012, reason: "istiod's XDS and CA: peers have their own istiod" },
  { port: 15017, reason: "istiod's webhooks: only this cluster's API server calls them" },
  { port: 15021, reason: "the gateways' readiness: load balancers ask by node ports" },
  { port: 31400, reason: "a TCP example of older Istio profiles: nothing listens there" },
];
