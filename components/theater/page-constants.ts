/** Names of what the page sees the mesh by. */
export const PAGE = {
  /** ServiceAccount of a gateway in another cluster, in a namespace of its own. */
  viewer: "theater-viewer",
  viewerNamespace: (cluster: string): string => `theater-viewer-${cluster}`,
  /** Secret with the kubeconfigs of the peers, `<cluster>.json`. */
  peersSecret: "page-peers",
  peerFile: (cluster: string): string => `${cluster}.json`,
  /** Secret with the token of the traffic and scenario buttons. */
  controlSecret: { name: "page-control", token: "token" },
  roles: { pods: "page-pods", routes: "page-routes" },
} as const;
