/**
 * The SPIFFE identity of the caller that this pod's own sidecar saw, from Envoy's
 * X-Forwarded-Client-Cert: `By=…;Hash=…;Subject="";URI=spiffe://…`. The last element is the nearest
 * hop's (Envoy documentation, "x-forwarded-client-cert").
 *
 * @returns nothing when no sidecar stood in between
 */
export function callerOf(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header.join(",") : header;
  const nearest = text?.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).at(-1);
  return nearest === undefined ? undefined : /(?:^|;)URI=(spiffe:\/\/[^;,]+)/.exec(nearest)?.[1];
}
