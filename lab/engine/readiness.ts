import type { KubeObject } from "./kube-client";
import { isObject, objectOr } from "../../config/json";

/**
 * Which objects a deployment waits for, and until when: the kinds for which Pulumi's Kubernetes
 * provider waits too and that the program uses.
 */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly waitingFor: string; readonly failed?: true };

const READY: Readiness = { ready: true };
const wait = (waitingFor: string): Readiness => ({ ready: false, waitingFor });
const fail = (waitingFor: string): Readiness => ({ ready: false, waitingFor, failed: true });

const CHECKS: Readonly<Record<string, (object: KubeObject) => Readiness>> = {
  "apps/v1/Deployment": (object) => {
    const wanted = count(object, "spec", "replicas", 1);
    const stuck = condition(object, "Progressing");
    if (stuck?.["reason"] === "ProgressDeadlineExceeded") {
      return fail("its pods, for longer than its progress deadline");
    }
    return rolledOut(object, wanted, [
      count(object, "status", "updatedReplicas"),
      count(object, "status", "availableReplicas"),
      wanted - Math.max(0, count(object, "status", "replicas") - wanted),
    ]);
  },
  "apps/v1/StatefulSet": (object) =>
    rolledOut(object, count(object, "spec", "replicas", 1), [
      count(object, "status", "updatedReplicas"),
      count(object, "status", "readyReplicas"),
    ]),
  "apps/v1/DaemonSet": (object) =>
    rolledOut(object, count(object, "status", "desiredNumberScheduled"), [
      count(object, "status", "updatedNumberScheduled"),
      count(object, "status", "numberAvailable"),
    ]),
  "batch/v1/Job": (object) => {
    if (isTrue(condition(object, "Failed"))) {
      return fail(
        `its completion, but it failed (${String(condition(object, "Failed")?.["message"])})`,
      );
    }
    return isTrue(condition(object, "Complete")) ? READY : wait("its completion");
  },
  "v1/Service": (object) => {
    const ingress = objectOr(objectOr(object["status"])["loadBalancer"])["ingress"];
    return objectOr(object["spec"])["type"] !== "LoadBalancer" ||
      (Array.isArray(ingress) && ingress.length > 0)
      ? READY
      : wait("an address of the load balancer");
  },
  "v1/Secret": (object) =>
    object["type"] !== "kubernetes.io/service-account-token" ||
    objectOr(object["data"])["token"] !== undefined
      ? READY
      : wait("its token"),
  "apiextensions.k8s.io/v1/CustomResourceDefinition": (object) =>
    isTrue(condition(object, "Established")) ? READY : wait("being established"),
};

/** Whether a live object does what it is there for. `pulumi.com/skipAwait` says nobody cares. */
export function readiness(object: KubeObject): Readiness {
  if (object.metadata.annotations?.["pulumi.com/skipAwait"] === "true") {
    return READY;
  }
  return CHECKS[`${object.apiVersion}/${object.kind}`]?.(object) ?? READY;
}

function rolledOut(object: KubeObject, wanted: number, counts: readonly number[]): Readiness {
  const observed = count(object, "status", "observedGeneration");
  const have = observed < (object.metadata.generation ?? 0) ? 0 : Math.min(...counts);
  const isSeen = observed >= (object.metadata.generation ?? 0);
  return isSeen && have >= wanted ? READY : wait(`pods, ${Math.max(0, have)} of ${wanted} ready`);
}

function count(object: KubeObject, part: string, property: string, fallback = 0): number {
  const value = objectOr(object[part])[property];
  return typeof value === "number" ? value : fallback;
}

function condition(
  object: KubeObject,
  type: string,
): Readonly<Record<string, unknown>> | undefined {
  const conditions = objectOr(object["status"])["conditions"];
  return Array.isArray(conditions)
    ? conditions.filter(isObject).find((entry) => entry["type"] === type)
    : undefined;
}

const isTrue = (entry: Readonly<Record<string, unknown>> | undefined): boolean =>
  entry?.["status"] === "True";
