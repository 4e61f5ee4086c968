import assert from "node:assert/strict";
import { judgeIdentities } from "../../../../../mesh/preflight/checks/cluster-identity";
import { viewsOf } from "../../../../../mesh/preflight/views";
import { said, twoClusters } from "../../../../support/preflight";

/** UIDs in the order ncloud's own, its peer nhn, nhn's own, its peer ncloud. */
const judged = (...uids: readonly (string | undefined)[]) =>
  said(
    judgeIdentities(viewsOf(twoClusters()).map((view, index) => ({ view, facts: uids[index] }))),
  );

describe("preflight: cluster-identity", () => {
  const cases: readonly (readonly [string, readonly (string | undefined)[], readonly string[]])[] =
    [
      [
        "as it should be",
        ["a", "b", "b", "a"],
        ["ok: 4 kubeconfigs lead to 2 clusters as they should."],
      ],
      [
        "two stacks deploy one cluster",
        ["a", "a", "a", "a"],
        [
          "error nhn: mesh:kubeconfigs.nhn of stack nhn leads to the same cluster as mesh:kubeconfigs.ncloud of stack ncloud.",
        ],
      ],
      [
        "a peer's kubeconfig is the own cluster's",
        ["a", "a", "b", "a"],
        ["error ncloud nhn: mesh:kubeconfigs.nhn of stack ncloud leads to ncloud, not to nhn."],
      ],
      [
        "a peer's kubeconfig is of a third cluster",
        ["a", "c", "b", "a"],
        [
          "error ncloud nhn: mesh:kubeconfigs.nhn of stack ncloud leads to an unknown cluster, not to nhn.",
        ],
      ],
      [
        "the peer's own stack was not seen",
        ["a", "b", undefined, undefined],
        ["ok: 2 kubeconfigs lead to 2 clusters as they should."],
      ],
      [
        "the peer's own stack was not seen, and the peer is the own cluster",
        ["a", "a", undefined, undefined],
        ["error ncloud nhn: mesh:kubeconfigs.nhn of stack ncloud leads to ncloud, not to nhn."],
      ],
      ["nothing could be read", [undefined, undefined, undefined, undefined], []],
    ];
  for (const [what, uids, expected] of cases) {
    it(what, () => assert.deepEqual(judged(...uids), expected));
  }
});
