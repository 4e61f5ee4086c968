import { z } from "zod";
import { resourcePolicy, titleOf, violation } from "../policy";
import { read } from "../read";
import { isDefaultProvider, KUBERNETES_PROVIDER } from "./providers";

const shape = z.object({ clusterIdentifier: z.string().nullish() });

export const clusterIdentifier = resourcePolicy(
  {
    name: "cluster-identifier-set",
    refuses: "Kubernetes providers without a clusterIdentifier",
    why: "A renewed kubeconfig can look like another cluster; the provider is then replaced, and with it everything deployed through it",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/",
    level: "mandatory",
    severity: "high",
  },
  (subject) => {
    const { type, name, inputs } = subject;
    const provider =
      type === KUBERNETES_PROVIDER && !isDefaultProvider(name) ? read(shape, inputs) : undefined;
    return provider && !provider.clusterIdentifier
      ? [
          violation(
            titleOf(subject),
            "has no clusterIdentifier",
            "set it to the cluster's name, which no kubeconfig changes",
          ),
        ]
      : [];
  },
);
