const API = "security.istio.io/v1";
const KIND = "AuthorizationPolicy";

/** A workload by the ServiceAccount that it runs as. */
export interface Caller {
  readonly namespace: string;
  readonly account: string;
}

/** Who may call what; nobody else may, beside {@link allowNothing}. */
export interface AllowedCalls {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods that are called. */
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  /** Any workload of the mesh where nobody is named. */
  readonly callers: readonly Caller[] | "mesh";
}

/** Istio's `allow nothing`: what no other policy of the namespace allows is refused. */
export const allowNothing = (namespace: string) => ({
  apiVersion: API,
  kind: KIND,
  metadata: { name: "deny-all", namespace },
  spec: {},
});

/** An identity is the same in every cluster, and stays its own across networks. */
export const allowCalls = (
  { name, namespace, labels, port, callers }: AllowedCalls,
  trustDomain: string,
) => ({
  apiVersion: API,
  kind: KIND,
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: labels },
    action: "ALLOW",
    rules: [
      {
        from: [
          {
            source: {
              principals:
                callers === "mesh"
                  ? ["*"]
                  : callers.map(
                      (caller) => `${trustDomain}/ns/${caller.namespace}/sa/${caller.account}`,
                    ),
            },
          },
        ],
        to: [{ operation: { ports: [String(port)] } }],
      },
    ],
  },
});
