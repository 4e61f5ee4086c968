import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { WEIGHTED_SERVICES } from "../../config/theater-schema";
import { THEATER } from "./constants";
import { PAGE } from "./page-constants";

export interface PageAccessArgs {
  readonly namespace: pulumi.Input<string>;
  /** ID of this cluster. */
  readonly cluster: string;
  /** IDs of the clusters whose gateways look at this one, perhaps this one's own among them. */
  readonly viewers: readonly string[];
  /** What this cluster's gateway looks by; nothing where it has none. */
  readonly gateway: PageGatewayArgs | undefined;
}

export interface PageGatewayArgs {
  /** Kubeconfigs in JSON of the peers that can be seen, by cluster ID; kept secret. */
  readonly peers: Readonly<Record<string, pulumi.Input<string>>>;
  /** Ports of their API servers. */
  readonly peerPorts: readonly number[];
  /** What a visitor has to know to change the routes (secret); nothing where nobody may. */
  readonly controlToken: pulumi.Input<string> | undefined;
}

/**
 * What the page may see of this cluster, and what the gateway before it sees other clusters by.
 *
 * Rights in the theater's namespace alone: every gateway of the mesh may list pods; this cluster's own
 * may read the three VirtualServices as well, and change them only where there is a token for that.
 */
export class PageAccess extends pulumi.ComponentResource {
  /** Fingerprint of the token: another one takes new pods. */
  readonly controlFingerprint: pulumi.Output<string> | undefined;

  constructor(name: string, args: PageAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:theater:PageAccess", name, {}, opts);

    const own = { parent: this };
    const { namespace, cluster, viewers, gateway } = args;
    const grant = (suffix: string, role: string, rule: Rule, subjects: readonly Subject[]) => {
      new k8s.rbac.v1.Role(
        `${name}-${suffix}-role`,
        { metadata: { name: role, namespace }, rules: [rule] },
        own,
      );
      new k8s.rbac.v1.RoleBinding(
        `${name}-${suffix}-binding`,
        {
          metadata: { name: role, namespace },
          roleRef: { apiGroup: RBAC, kind: "Role", name: role },
          subjects: subjects.map((subject) => ({ kind: "ServiceAccount", ...subject })),
        },
        own,
      );
    };
    grant(
      "pods",
      PAGE.roles.pods,
      PODS,
      viewers.map((viewer) => (viewer === cluster ? OWN_GATEWAY : viewerOf(viewer))),
    );
    if (gateway !== undefined) {
      const { controlToken, peers, peerPorts } = gateway;
      grant("routes", PAGE.roles.routes, routes(controlToken !== undefined), [OWN_GATEWAY]);
      new k8s.core.v1.Secret(
        `${name}-peers`,
        {
          metadata: { name: PAGE.peersSecret, namespace },
          stringData: Object.fromEntries(
            Object.entries(peers).map(([peer, text]) => [PAGE.peerFile(peer), pulumi.secret(text)]),
          ),
        },
        own,
      );
      new k8s.networking.v1.NetworkPolicy(
        `${name}-egress`,
        apiServersPolicy(namespace, peerPorts),
        own,
      );
      if (controlToken !== undefined) {
        const token = pulumi.secret(controlToken);
        new k8s.core.v1.Secret(
          `${name}-control`,
          {
            metadata: { name: PAGE.controlSecret.name, namespace },
            stringData: { [PAGE.controlSecret.token]: token },
          },
          own,
        );
        this.controlFingerprint = pulumi.unsecret(token.apply(fingerprint));
      }
    }
    this.registerOutputs({});
  }
}

const RBAC = "rbac.authorization.k8s.io";

interface Subject {
  readonly name: string;
  readonly namespace: string;
}

type Rule = k8s.types.input.rbac.v1.PolicyRule;

const OWN_GATEWAY: Subject = { name: "api-gateway", namespace: THEATER.namespace };

const viewerOf = (cluster: string): Subject => ({
  name: PAGE.viewer,
  namespace: PAGE.viewerNamespace(cluster),
});

const PODS: Rule = { apiGroups: [""], resources: ["pods"], verbs: ["list"] };

/** Only these objects, and only what is done with them. */
const routes = (mayChange: boolean): Rule => ({
  apiGroups: ["networking.istio.io"],
  resources: ["virtualservices"],
  resourceNames: [...WEIGHTED_SERVICES],
  verbs: mayChange ? ["get", "update"] : ["get"],
});

/** Ports on which API servers usually are: behind their Service, and before it. */
const API_SERVER_PORTS = [443, 6443];

/** To API servers, wherever they are: no selector names what is no pod. */
const apiServersPolicy = (namespace: pulumi.Input<string>, peerPorts: readonly number[]) => ({
  metadata: { name: "page-egress", namespace },
  spec: {
    podSelector: { matchLabels: { app: "api-gateway" } },
    policyTypes: ["Egress"],
    egress: [
      {
        ports: [...new Set([...API_SERVER_PORTS, ...peerPorts])].map((port) => ({
          protocol: "TCP",
          port,
        })),
      },
    ],
  },
});

const fingerprint = (token: string): string =>
  createHash("sha256").update(token).digest("hex").slice(0, 16);
