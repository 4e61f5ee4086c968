import { textsOf } from "../inputs";
import { isKind, objectType } from "../kubernetes/object";
import { resourcePolicy, titleOf, violation } from "../policy";
import { sensitiveKind } from "./sensitive";

export const keysInSecrets = resourcePolicy(
  {
    name: "keys-in-kubernetes-secrets",
    refuses:
      "Kubeconfigs, private keys and tokens in a cluster's objects and Helm values, other than in Secrets",
    why: "ConfigMaps, annotations and environment variables are read by many and encrypted by nobody",
    source: "https://kubernetes.io/docs/concepts/configuration/secret/",
    level: "mandatory",
    severity: "critical",
  },
  (subject) => {
    if (objectType(subject.type) === undefined || isKind(subject.type, "core", "Secret")) {
      return [];
    }
    return textsOf(subject.inputs).flatMap(({ path, text }) => {
      const kind = sensitiveKind(text);
      return kind
        ? [
            violation(
              `${path} of ${titleOf(subject)}`,
              `is ${kind}`,
              "put it into a Secret and refer to that",
            ),
          ]
        : [];
    });
  },
);
