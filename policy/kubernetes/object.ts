import { z } from "zod";
import type { Plain } from "../inputs";
import { read } from "../read";

/** What a resource is in Kubernetes' terms. */
export interface ObjectType {
  /** API group, `core` for the one without a name. */
  readonly group: string;
  readonly kind: string;
}

/** `kubernetes:apps/v1:Deployment` ⇒ `{ group: "apps", kind: "Deployment" }` */
export function objectType(type: string): ObjectType | undefined {
  const [, group, kind] = /^kubernetes:([^/:]+)\/v[^/:]*:(\w+)$/.exec(type) ?? [];
  return group !== undefined && kind !== undefined ? { group, kind } : undefined;
}

/** Whether a resource type is that kind, in whichever version of its API group. */
export function isKind(type: string, group: string, kind: string): boolean {
  const object = objectType(type);
  return object?.group === group && object.kind === kind;
}

const metadataName = z.object({ metadata: z.object({ name: z.string() }) });
const metadataNamespace = z.object({ metadata: z.object({ namespace: z.string() }) });

/** The namespace that an object names, if it does and it is known. */
export const namespaceOf = (inputs: Plain): string | undefined =>
  read(metadataNamespace, inputs)?.metadata.namespace;

/** The name that an object gives itself, if it does and it is known. */
export const nameOf = (inputs: Plain): string | undefined =>
  read(metadataName, inputs)?.metadata.name;

const annotated = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** An object's annotations; undefined while not all are known. */
export function annotationsOf(inputs: Plain): Readonly<Record<string, string>> | undefined {
  const object = read(annotated, inputs);
  return object && (object.metadata?.annotations ?? {});
}
