import { adviceFor } from "../../https/advice";
import { clusterCheck } from "../check";

export const httpsCertificate = clusterCheck({
  name: "https-certificate",
  column: "gateway",
  severity: "error",
  what: "Whether every public host has a certificate that renews itself, and a DNS record that leads to its gateway",
  why: "Without a certificate HTTPS is refused, and plain HTTP is answered with 503.",
  fix: "kubectl -n istio-system describe certificate,order,challenge says what cert-manager is at.",
  link: "https://cert-manager.io/docs/troubleshooting/acme/",
  follows: ["gateway-ready"],
  needs: ["publicHosts"],
  judge: ({ publicHosts }, _self, { now }) => publicHosts.flatMap((host) => adviceFor(host, now)),
});
