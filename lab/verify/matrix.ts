import { renderMatrix as renderTraffic } from "../../mesh/check/traffic/matrix";
import type { Verification } from "./verification";

/** The verification as people read it: who answered whom, and what each istiod says of its peers. */
export function renderMatrix({ rows, problems }: Verification): string {
  const sync = rows.map(
    ({ from, peers }) =>
      `istiod of ${from}: ${
        peers
          .filter(({ id }) => id !== from)
          .map(({ id, syncStatus }) => `${id} ${syncStatus}`)
          .join(", ") || "no peers"
      }`,
  );
  return [renderTraffic(rows), "", ...sync, ...problems.map((text) => `✖ ${text}`)].join("\n");
}
