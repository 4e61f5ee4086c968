import { activeContext } from "../../config/kubeconfig";

/**
 * When the token in a kubeconfig ends.
 *
 * @returns nothing for one that doesn't end by itself, as those of token Secrets, or isn't there
 */
export function tokenExpiry(kubeconfig: string): Date | undefined {
  try {
    const { token } = activeContext(kubeconfig, "the remote secret").user;
    const [, payload = ""] = typeof token === "string" ? token.split(".") : [];
    const { exp } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as {
      exp?: unknown;
    };
    return typeof exp === "number" ? new Date(exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}
