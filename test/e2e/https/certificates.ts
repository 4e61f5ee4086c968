import type { KubernetesObject } from "@kubernetes/client-node";
import { clientOf, object } from "../faults";

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

interface Certificate extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

interface Challenge extends KubernetesObject {
  readonly spec: { readonly token: string; readonly key: string };
}

const certificate = (name: string) => object("cert-manager.io/v1", "Certificate", name);

/** Has cert-manager obtain a certificate anew, as `cmctl renew` does. */
export async function renew(cluster: string, name: string): Promise<void> {
  const { objects, config } = await clientOf(cluster);
  const { CustomObjectsApi, PatchStrategy, setHeaderOptions } =
    await import("@kubernetes/client-node");
  const { metadata, status } = await objects.read<Certificate>(certificate(name));
  const issuing = {
    type: "Issuing",
    status: "True",
    reason: "ManuallyTriggered",
    message: "Certificate re-issuance manually triggered",
    lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ""),
    observedGeneration: metadata?.generation,
  };
  const others = (status?.conditions ?? []).filter(({ type }) => type !== "Issuing");
  await config.makeApiClient(CustomObjectsApi).patchNamespacedCustomObjectStatus(
    {
      group: "cert-manager.io",
      version: "v1",
      namespace: metadata?.namespace ?? "",
      plural: "certificates",
      name,
      body: { status: { conditions: [...others, issuing] } },
    },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
}

/** Whether a certificate is there and nothing about it is under way. */
export async function isSettled(cluster: string, name: string): Promise<boolean> {
  const { objects } = await clientOf(cluster);
  const { status } = await objects.read<Certificate>(certificate(name));
  const conditions = status?.conditions ?? [];
  return (
    conditions.some(({ type, status: value }) => type === "Ready" && value === "True") &&
    !conditions.some(({ type }) => type === "Issuing")
  );
}

/** What the ACME server wants to be answered now. */
export async function challenges(cluster: string): Promise<readonly Challenge["spec"][]> {
  const { objects } = await clientOf(cluster);
  const { items } = await objects.list<Challenge>(
    "acme.cert-manager.io/v1",
    "Challenge",
    "istio-system",
  );
  return items.map(({ spec }) => spec);
}
