import * as pulumi from "@pulumi/pulumi";
import { AcmeIssuer } from "../components/https/acme-issuer";
import { CertManager } from "../components/https/cert-manager";
import { dnsRecord, type DnsRecord } from "../components/https/dns-record";
import type { ClusterConfig, HttpsConfig } from "../config/model";

/**
 * What signs the certificates of a cluster's public hosts.
 *
 * @returns name of the ClusterIssuer, known once certificates can be asked for
 */
export function certificateIssuer(
  { issuer, certManager }: HttpsConfig,
  { self, crds }: Pick<ClusterConfig, "self" | "crds">,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
  const installed =
    certManager &&
    new CertManager(
      "cert-manager",
      { source: certManager, footprint: self.cloud.footprint, onDestroy: crds },
      opts,
    );
  const after = installed ? [installed.release] : [];
  if (issuer.kind === "existing") {
    return pulumi.all(after.map(({ urn }) => urn)).apply(() => issuer.name);
  }
  return new AcmeIssuer("acme-issuer", { issuer, after }, opts).issuerName;
}

/** The record that a host needs; said as well, because nothing goes on before it is there. */
export function publicHost(
  host: string,
  address: pulumi.Output<string | undefined>,
): pulumi.Output<DnsRecord | undefined> {
  return address.apply((target) => {
    const record = target === undefined ? undefined : dnsRecord(host, target);
    if (record !== undefined && !pulumi.runtime.isDryRun()) {
      void pulumi.log.info(
        `${host} needs the DNS record ${record.type} ${record.value}. Until it is there, cert-manager waits with the certificate, HTTPS is refused and plain HTTP answered with 503; then both follow by themselves.`,
      );
    }
    return record;
  });
}
