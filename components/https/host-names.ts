/** Names of what is made for a host, by the name of the service behind it. */
export const hostNames = (service: string) =>
  ({
    certificate: service,
    /** Secret with the key and the certificate, in the ingress gateway's namespace. */
    secret: `${service}-tls`,
    httpGateway: `${service}-http`,
    httpsGateway: `${service}-https`,
    redirect: `${service}-redirect`,
  }) as const;

/** The name under which the gateway asks itself; nobody outside can own it (ICANN's `internal`). */
export const redirectHost = (host: string): string => `${host}.redirect.internal`;
