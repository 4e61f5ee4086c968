/** Names of what is made for a host, by the name of the service behind it. */
export const hostNames = (service: string) =>
  ({
    certificate: service,
    httpGateway: `${service}-http`,
    httpsGateway: `${service}-https`,
    redirect: `${service}-redirect`,
  }) as const;

/** The name under which the gateway asks itself; nobody outside can own it (ICANN's `internal`). */
export const redirectHost = (host: string): string => `${host}.redirect.internal`;

/**
 * Secret with a host's key and certificate, in the ingress gateway's namespace: another host is
 * another Secret, so that none is ever served with the certificate of the one before.
 */
export const secretName = (host: string): string => host;
