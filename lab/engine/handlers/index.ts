import { UserError } from "../../../config/errors";
import type { Handler } from "./handler";
import { helmRelease } from "./helm-release";
import { kubernetesObject } from "./kubernetes-object";
import { kubernetesPatch } from "./kubernetes-patch";
import { kubernetesProvider } from "./kubernetes-provider";
import { randomId, randomPassword, randomString } from "./random";
import { stackReference } from "./stack-reference";
import { certRequest, locallySignedCert, selfSignedCert } from "./tls-certificates";
import { privateKey } from "./tls-key";

/** The resource types that the lab's engine knows. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  "pulumi:providers:kubernetes": kubernetesProvider,
  "pulumi:pulumi:StackReference": stackReference,
  "kubernetes:helm.sh/v3:Release": helmRelease,
  "tls:index/privateKey:PrivateKey": privateKey,
  "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
  "tls:index/certRequest:CertRequest": certRequest,
  "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
  "random:index/randomId:RandomId": randomId,
  "random:index/randomPassword:RandomPassword": randomPassword,
  "random:index/randomString:RandomString": randomString,
};

/** Objects of any API group; `helm.sh`, `yaml` and `kustomize` are modules of the SDK, not groups. */
const KUBERNETES_OBJECT =
  /^kubernetes:(?!helm\.sh\/|yaml|kustomize)(?:[a-z0-9.-]+\/)?v[0-9a-z]+:([A-Z]\w*)$/;

/**
 * The handler of a resource type.
 *
 * @param kind `kind` of the inputs, by which a patch is told from an object
 * @throws UserError for a type that the engine doesn't know
 */
export function handlerOf(type: string, kind?: unknown): Handler {
  const handler = Object.hasOwn(HANDLERS, type) ? HANDLERS[type] : undefined;
  if (handler !== undefined) {
    return handler;
  }
  const match = KUBERNETES_OBJECT.exec(type);
  if (match === null) {
    throw new UserError(
      `the lab's engine doesn't know the resource type ${type}: deploy with the Pulumi CLI, or add a handler in lab/engine/handlers`,
    );
  }
  return match[1] === `${String(kind)}Patch` ? kubernetesPatch : kubernetesObject;
}
