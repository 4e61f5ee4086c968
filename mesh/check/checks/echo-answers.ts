import { enumerate, unique } from "../../preflight/text";
import { clusterCheck, ok, type Verdict } from "../check";
import type { EchoAnswer } from "../traffic/answer";
import { ECHO_CAUSES, reasonOf } from "./echo";

export const echoAnswers = clusterCheck({
  name: "echo-answers",
  column: "traffic",
  severity: "error",
  what: "Whether every request of this cluster's echo pod is answered, by a cluster of the mesh, to a caller with a SPIFFE identity",
  why: "Requests fail now and then, or are not made through the mesh.",
  fix: "kubectl -n echo logs deployment/echo -c istio-proxy shows what became of each request.",
  link: "https://istio.io/latest/docs/ops/common-problems/network-issues/",
  follows: [...ECHO_CAUSES, "echo"],
  needs: ["echo"],
  judge: ({ echo: answers }, { config }) =>
    judgeAnswers(
      answers,
      config.mesh.clusters.map(({ id }) => id),
    ),
});

export function judgeAnswers(
  answers: readonly EchoAnswer[] | undefined,
  clusters: readonly string[],
): Verdict[] {
  if (answers === undefined) {
    return [];
  }
  const failures = answers.filter(({ status }) => status !== 200);
  const anonymous = answers.filter(({ status, body }) => status === 200 && !body?.caller);
  const strangers = unique(answers.flatMap(({ body }) => body?.cluster ?? [])).filter(
    (cluster) => !clusters.includes(cluster),
  );
  const verdicts: Verdict[] = [
    ...(failures.length > 0
      ? [
          {
            severity: "error" as const,
            what: `${failures.length} of ${answers.length} requests failed, the first with ${reasonOf(failures[0])}.`,
          },
        ]
      : []),
    ...(anonymous.length > 0
      ? [
          {
            severity: "error" as const,
            what: `${anonymous.length} of ${answers.length} requests arrived without a SPIFFE identity.`,
            why: "They didn't go through the sidecars on both sides.",
            fix: "Restart the echo pods: injection may have been off when they started.",
          },
        ]
      : []),
    ...(strangers.length > 0
      ? [
          {
            severity: "error" as const,
            what: `${enumerate(strangers)} answered, and is no cluster of this mesh.`,
            fix: "Look for remote secrets of other meshes.",
          },
        ]
      : []),
  ];
  return verdicts.length > 0 ? verdicts : [ok(`All ${answers.length} requests were answered.`)];
}
