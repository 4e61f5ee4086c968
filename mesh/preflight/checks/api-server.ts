import type { CheckInfo, Verdict, View } from "../check";
import { TimedOut, Unauthorised } from "../connect";

export const apiServer: CheckInfo = {
  name: "api-server",
  severity: "error",
  what: "Whether the API server answers by every kubeconfig, and lets its user in",
  why: "Nothing can be deployed there, and nothing more can be said about the cluster.",
  fix: "Make the API server reachable, or correct the kubeconfig.",
  link: "https://kubernetes.io/docs/tasks/access-application-cluster/configure-access-multiple-clusters/",
};

/** One sentence on what kept a kubeconfig from its cluster, and what to do. */
export function judgeFailure(failure: Error, { cluster, key, stack, kubeconfig }: View): Verdict {
  const { means, fix } = meaningOf(failure);
  const { server } = kubeconfig;
  return {
    severity: "error",
    what: `${server} of ${cluster.id} (${key} of stack ${stack}) ${means}: ${failure.message}.`,
    fix: fix(key),
  };
}

interface Meaning {
  readonly means: string;
  readonly fix: (key: string) => string;
}

/** By the codes of Node.js's errors (nodejs.org/api/errors.html, tls.html "X509 certificate error codes"). */
const MEANINGS: readonly (readonly [codes: readonly string[], meaning: Meaning])[] = [
  [
    ["ENOTFOUND", "EAI_AGAIN"],
    {
      means: "has a name that doesn't resolve",
      fix: (key) => `Correct the server in ${key}, or the DNS of this machine.`,
    },
  ],
  [
    ["ECONNREFUSED", "ECONNRESET", "EPIPE"],
    {
      means: "refuses the connection",
      fix: (key) => `Start the cluster, or correct the address and port in ${key}.`,
    },
  ],
  [
    ["EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"],
    {
      means: "is out of reach",
      fix: (key) =>
        `Let this machine through the API server's access list or firewall, or correct ${key}.`,
    },
  ],
  [
    ["ERR_TLS_CERT_ALTNAME_INVALID"],
    {
      means: "has a certificate for other names",
      fix: (key) => `Write in ${key} a server name that the certificate is for.`,
    },
  ],
  [
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_SIGNATURE_FAILURE",
    ],
    {
      means: "has a certificate of another CA than the kubeconfig's",
      fix: (key) => `Fetch the kubeconfig anew into ${key}: the cluster has another CA.`,
    },
  ],
  [
    ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
    {
      means: "has a certificate that isn't valid now",
      fix: () => "Set the clocks right, or renew the API server's certificate.",
    },
  ],
  [
    ["ENOENT", "EACCES"],
    {
      means: "can't be logged in to: the kubeconfig's program isn't here",
      fix: (key) => `Install the program, or put a ServiceAccount's token into ${key}.`,
    },
  ],
];

const UNAUTHORISED: Meaning = {
  means: "doesn't know the kubeconfig's user",
  fix: (key) => `Renew the credentials in ${key}; those of a ServiceAccount last.`,
};

const SILENT: Meaning = {
  means: "doesn't answer",
  fix: (key) =>
    `Let this machine through the API server's access list or firewall, or correct ${key}.`,
};

const OTHER: Meaning = {
  means: "can't be asked",
  fix: (key) => `Try kubectl with the kubeconfig in ${key}.`,
};

function meaningOf(failure: Error): Meaning {
  if (failure instanceof Unauthorised) {
    return UNAUTHORISED;
  }
  if (failure instanceof TimedOut) {
    return SILENT;
  }
  const code = "code" in failure ? failure.code : undefined;
  return MEANINGS.find(([codes]) => codes.some((one) => one === code))?.[1] ?? OTHER;
}
