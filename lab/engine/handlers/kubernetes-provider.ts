import { randomUUID } from "node:crypto";
import { UserError } from "../../../config/errors";
import type { ProviderSettings } from "../cluster";
import { clusterAccess } from "../cluster-access";
import { sameJson } from "../../../config/json";
import type { Handler } from "./handler";

/** What the lab's engine does as it is, so that the setting changes nothing. */
const IMPLIED = [
  "enableServerSideApply",
  "enableConfigMapMutable",
  "enableSecretMutable",
  "kubeClientSettings",
  "helmReleaseSettings",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
];
const HONOURED = [
  "kubeconfig",
  "context",
  "namespace",
  "clusterIdentifier",
  "upsertExistingObjects",
  "enablePatchForce",
];

/**
 * `pulumi:providers:kubernetes`: a cluster. Its access is kept in the state, so that destroying
 * needs neither the program nor its configuration.
 */
export const kubernetesProvider: Handler = {
  up: ({ name, inputs, previous }) => {
    const settings = providerSettings(name, inputs);
    return Promise.resolve({
      op: opOf(previous?.memo["settings"], settings),
      id: previous?.id ?? randomUUID(),
      memo: { settings },
      outputs: {},
    });
  },
};

export function providerSettings(
  name: string,
  inputs: Readonly<Record<string, unknown>>,
): ProviderSettings {
  const unknown = Object.keys(inputs).find(
    (key) => !HONOURED.includes(key) && !IMPLIED.includes(key) && key !== "version",
  );
  if (unknown !== undefined) {
    throw new UserError(
      `the lab's engine doesn't know the setting ${unknown} of the Kubernetes provider ${name}: leave it out`,
    );
  }
  const text = (key: string): string | undefined =>
    typeof inputs[key] === "string" && inputs[key] !== "" ? inputs[key] : undefined;
  const kubeconfig = text("kubeconfig");
  if (kubeconfig === undefined) {
    throw new UserError(
      `the Kubernetes provider ${name} has no kubeconfig: pass the text or the path of one`,
    );
  }
  return {
    cluster: text("clusterIdentifier") ?? name,
    access: clusterAccess(
      kubeconfig,
      text("context"),
      `the kubeconfig of the Kubernetes provider ${name}`,
    ),
    namespace: text("namespace") ?? "default",
    adopt: isTrue(inputs["upsertExistingObjects"]),
    forcePatches: isTrue(inputs["enablePatchForce"]),
  };
}

/** The SDK hands a provider's settings over as JSON texts. */
const isTrue = (setting: unknown): boolean => setting === true || setting === "true";

function opOf(before: unknown, now: ProviderSettings): "create" | "same" | "update" {
  if (before === undefined) {
    return "create";
  }
  return sameJson(before, now) ? "same" : "update";
}
