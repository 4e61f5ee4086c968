import { SYSTEM_NAMESPACE } from "../../../components/istio/constants";
import { clientFromText } from "../../../kube/client";
import { toError } from "../../../kube/error";
import { asker, type ApiAnswer, type Ask } from "../../../kube/request";
import type { Access, AccessRule } from "../facts";

/** Asks a remote secret's API server who its user is and what the user may. */
export async function tryAccess(kubeconfig: string, signal: AbortSignal): Promise<Access> {
  let ask: Ask;
  let who: ApiAnswer;
  try {
    ask = await asker(await clientFromText(kubeconfig), signal);
    who = await ask({
      path: "/apis/authentication.k8s.io/v1/selfsubjectreviews",
      body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" },
    });
  } catch (thrown) {
    const error = signal.aborted ? toError(signal.reason) : toError(thrown);
    const code = "code" in error ? String(error.code) : "";
    return {
      result: /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_OSSL/.test(code)
        ? "untrusted"
        : "unreachable",
      reason: error.message,
    };
  }
  if (who.status >= 400) {
    const { message } = who.body as { message?: string };
    return { result: "refused", status: who.status, reason: message ?? "no reason given" };
  }
  const { status } = who.body as { status?: { userInfo?: { username?: string } } };
  return {
    result: "answered",
    user: status?.userInfo?.username ?? "nobody",
    rules: await rulesOf(ask),
  };
}

/** Nothing where an authorizer can't list them all (authorization/v1 SubjectRulesReviewStatus). */
async function rulesOf(ask: Ask): Promise<readonly AccessRule[] | undefined> {
  const { status: code, body } = await ask({
    path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      spec: { namespace: SYSTEM_NAMESPACE },
    },
  });
  const { status } = body as {
    status?: { incomplete?: boolean; resourceRules?: readonly AccessRule[] };
  };
  return code >= 400 || status?.incomplete === true ? undefined : status?.resourceRules;
}
