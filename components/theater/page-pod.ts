import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { PAGE } from "./page-constants";

/** What the gateway's pods have so that the page can show the mesh. */
export interface PagePod {
  /** IDs of the mesh's clusters, in its order. */
  readonly clusters: readonly string[];
  /** Fingerprint of the token of the buttons; nothing where there are none. */
  readonly controlFingerprint: pulumi.Input<string> | undefined;
}

/** As Kubernetes itself mounts an account's token where it is asked to mount one everywhere. */
const ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
const PEERS_FOLDER = "/etc/theater/peers";
const TOKEN_SECONDS = 3600;

/** Into the gateway's container alone: a token that a proxy beside it could read is one too many. */
export const pageContainer = ({
  clusters,
  controlFingerprint,
}: PagePod): {
  readonly env: readonly k8s.types.input.core.v1.EnvVar[];
  readonly volumeMounts: k8s.types.input.core.v1.VolumeMount[];
} => ({
  env: [
    { name: "TOPOLOGY", value: "on" },
    { name: "CLUSTERS", value: clusters.join(",") },
    ...(controlFingerprint === undefined
      ? []
      : [
          {
            name: "CONTROL_TOKEN",
            valueFrom: {
              secretKeyRef: { name: PAGE.controlSecret.name, key: PAGE.controlSecret.token },
            },
          },
        ]),
  ],
  volumeMounts: [
    { name: "account", mountPath: ACCOUNT_FOLDER, readOnly: true },
    { name: "peers", mountPath: PEERS_FOLDER, readOnly: true },
  ],
});

export const PAGE_VOLUMES: k8s.types.input.core.v1.Volume[] = [
  {
    name: "account",
    projected: {
      sources: [
        { serviceAccountToken: { path: "token", expirationSeconds: TOKEN_SECONDS } },
        // Kubernetes has it in every namespace.
        { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      ],
    },
  },
  { name: "peers", secret: { secretName: PAGE.peersSecret } },
];

/** Pods with another token are other pods. */
export const pageAnnotations = ({
  controlFingerprint,
}: PagePod): Readonly<Record<string, pulumi.Input<string>>> =>
  controlFingerprint === undefined ? {} : { "mesh/control-token": controlFingerprint };
