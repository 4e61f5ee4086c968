import { ConfigError, UserError } from "./errors";
import { checkHost, reservedEnding } from "./host-name";
import { ACME_DIRECTORIES, isNamedDirectory, type RawHttps } from "./https-schema";
import type { HttpsConfig, HttpsIssuer } from "./model";

/** A host that the public calls, and the key that names it. */
export interface PublicHost {
  readonly host: string;
  /** e.g. `mesh:clova.host` */
  readonly key: string;
  /** ID of the cluster through which it enters the mesh. */
  readonly gateway: string;
}

/**
 * How a cluster gets certificates for the hosts that enter the mesh through it.
 *
 * @param hosts of the whole mesh, so that no cluster creates anything for a mesh that another refuses
 * @returns nothing where no host enters through this cluster
 * @throws UserError before anything is created: on a host that can't get a certificate, or without
 *   an e-mail address
 */
export function httpsConfig(
  https: RawHttps,
  hosts: readonly PublicHost[],
  self: string,
): HttpsConfig | undefined {
  if (hosts.length === 0) {
    return undefined;
  }
  hosts.forEach(({ host, key }) => checkHost(host, key));
  const twice = hosts.find(({ host }, index) =>
    hosts.slice(0, index).some((other) => other.host === host),
  );
  if (twice !== undefined) {
    throw new ConfigError(twice.key, "a host of its own", twice.host, "write another one");
  }
  const { mode, version, charts, values } = https.certManager;
  const config = {
    hosts: hosts.flatMap(({ host, gateway }) => (gateway === self ? [host] : [])),
    issuer: issuer(https, hosts),
    certManager: mode === "existing" ? undefined : { version, charts, values },
  };
  return config.hosts.length === 0 ? undefined : config;
}

function issuer(https: RawHttps, hosts: readonly PublicHost[]): HttpsIssuer {
  if (https.clusterIssuer !== undefined) {
    return { kind: "existing", name: https.clusterIssuer };
  }
  const { caBundle, email } = https;
  if (email === undefined) {
    throw new UserError(
      `mesh:https.email is missing, and ${(hosts[0] as PublicHost).key} needs a certificate: write the address that the certificate authority may write to`,
      2,
    );
  }
  if (!isNamedDirectory(https.issuer)) {
    return {
      kind: "acme",
      name: issuerName(https.issuer),
      directory: https.issuer,
      email,
      caBundle,
    };
  }
  if (caBundle !== undefined) {
    throw new UserError(
      `mesh:https.caBundle is set, and ${https.issuer} has a public certificate: remove it, or write the URL of another ACME server to mesh:https.issuer`,
      2,
    );
  }
  for (const { host, key } of hosts) {
    const ending = reservedEnding(host);
    if (ending !== undefined) {
      throw new ConfigError(
        key,
        "a name that somebody can own",
        host,
        `Let's Encrypt signs nothing under .${ending}, write a host of a domain of yours`,
      );
    }
  }
  return {
    kind: "acme",
    name: https.issuer,
    directory: ACME_DIRECTORIES[https.issuer],
    email,
    caBundle: undefined,
  };
}

/**
 * Another server is another issuer: cert-manager takes a certificate for as good as new until its
 * issuer's name changes.
 */
function issuerName(directory: string): string {
  const { host, pathname } = new URL(directory);
  const name = `${host}${pathname}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `acme-${name.replace(/^-|-$/g, "")}`.slice(0, 63).replace(/-$/, "");
}
