import type { X509Certificate } from "node:crypto";
import { CROSS_NETWORK_PORT } from "../../../components/istio/constants";
import { certificatesOf, readable, shortFingerprint, signerOf } from "../certificates";
import { clusterCheck, ok, type Verdict } from "../check";
import type { Facts, TlsAnswer } from "../facts";

export const gatewayTls = clusterCheck({
  name: "gateway-tls",
  column: "gateway",
  severity: "error",
  what: `Whether a service behind the east-west gateway answers TLS on its port ${CROSS_NETWORK_PORT}, with a certificate under the mesh's root`,
  why: "This is how every call from another network comes in.",
  fix: "kubectl -n istio-system logs deployment/istio-eastwestgateway; restart the workload if its certificate is of another root.",
  link: "https://istio.io/latest/docs/ops/configuration/traffic-management/multicluster/",
  follows: [
    "istiod-ready",
    "network",
    "gateway-ready",
    "cross-network-gateway",
    "root-ca",
    "root-distributed",
    "intermediate-ca",
    "ca-in-use",
    "ca-expiry",
  ],
  needs: ["gatewayAnswer", "cacerts"],
  judge: ({ gatewayAnswer, cacerts }) => judgeAnswer(gatewayAnswer, cacerts),
});

export function judgeAnswer(answer: TlsAnswer | undefined, cacerts: Facts["cacerts"]): Verdict[] {
  const bundle = cacerts?.["root-cert.pem"];
  if (answer === undefined) {
    return [
      {
        severity: "info",
        what: `No workload of the mesh can be called here yet: what the gateway answers on ${CROSS_NETWORK_PORT} was not tried.`,
      },
    ];
  }
  if (answer.result !== "answered") {
    return [
      {
        severity: "error",
        what: `The gateway's pod gives no TLS answer on ${CROSS_NETWORK_PORT}: ${answer.reason}.`,
      },
    ];
  }
  const chain = answer.chain.flatMap(certificatesOf);
  const [leaf] = chain;
  const who = leaf === undefined ? "nobody" : identityOf(leaf);
  if (!readable(bundle)) {
    return [];
  }
  return signerOf(chain, certificatesOf(bundle)) !== undefined
    ? [ok(`${who} answers TLS on ${CROSS_NETWORK_PORT}, under the mesh's root.`)]
    : [
        {
          severity: "error",
          what: `${who} answers TLS on ${CROSS_NETWORK_PORT} with a certificate under another root (${rootOf(chain)}).`,
        },
      ];
}

/** The SPIFFE ID of a workload's certificate. */
const identityOf = ({ subjectAltName, subject }: X509Certificate): string =>
  /URI:(spiffe:[^,\s]+)/.exec(subjectAltName ?? "")?.[1] ?? subject ?? "a stranger";

const rootOf = (chain: readonly X509Certificate[]): string => {
  const last = chain.at(-1);
  return last === undefined ? "none" : shortFingerprint(last.fingerprint256);
};
