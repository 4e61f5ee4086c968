import { objectType } from "../kubernetes/object";
import { resourcePolicy, titleOf, violation } from "../policy";
import { isDefaultProvider } from "./providers";

export const explicitProvider = resourcePolicy(
  {
    name: "no-default-provider",
    refuses: "Kubernetes resources on Pulumi's default provider",
    why: "They go to whatever cluster kubectl points to on the machine that runs pulumi",
    source:
      "https://www.pulumi.com/docs/iac/concepts/resources/providers/#disabling-default-providers",
    level: "mandatory",
    severity: "high",
  },
  (subject) =>
    objectType(subject.type) && isDefaultProvider(subject.provider?.name ?? "")
      ? [
          violation(
            titleOf(subject),
            "is on the default provider",
            "give it, or the component that it belongs to, its cluster's provider",
          ),
        ]
      : [],
);
