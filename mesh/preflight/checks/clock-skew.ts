import { fleetCheck, ok, type PlacedVerdict, type Seen, type View } from "../check";
import type { Item } from "../cluster-api";
import { KUBE_SYSTEM } from "../connect";
import { isReady, NODES, type NodeItem } from "../objects";
import { enumerate } from "../text";

/** istiod dates its certificates back by this much, no more (security/pkg/pki/util/generate_cert.go). */
const GRACE_SECONDS = 120;
const NOTICED_SECONDS = 30;
/** Kubelets renew their lease every 10 s, and count as lost after 40 s. */
const LEASE_SECONDS = 60;
const LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

export const clockSkew = fleetCheck({
  name: "clock-skew",
  severity: "error",
  what: "How far the clocks of the API servers are from this machine's and from each other's, and the nodes' from their API server's",
  why: "A certificate is refused before it begins: those of this machine's trust stack on clusters whose clock is behind, those of one cluster's istiod in another.",
  fix: "Set the clocks by NTP (chrony, systemd-timesyncd) on the machines that are off.",
  link: "https://istio.io/latest/docs/ops/common-problems/security-issues/",
  async gather({ api }): Promise<ClockFacts> {
    const [{ date, askedAt }, leases, nodes] = await Promise.all([
      api.answer(KUBE_SYSTEM),
      api.list<Lease>(LEASES),
      api.list<NodeItem>(NODES),
    ]);
    const ready = nodes.filter(isReady).map(({ metadata }) => metadata.name);
    return {
      // The header has whole seconds: half of one is the best guess.
      offset: date === undefined ? 0 : (date.getTime() + 500 - askedAt.getTime()) / 1000,
      nodes: leases
        .filter(({ metadata }) => ready.includes(metadata.name))
        .map(({ metadata, spec }) => ({
          name: metadata.name,
          offset:
            date && spec?.renewTime ? (Date.parse(spec.renewTime) - date.getTime()) / 1000 : 0,
        })),
    };
  },
  judge: (seen) => judgeClocks(seen),
});

interface Lease extends Item {
  readonly spec?: { readonly renewTime?: string };
}

export interface ClockFacts {
  /** Seconds by which the API server is ahead of this machine. */
  readonly offset: number;
  /** Seconds by which a node's last lease is ahead of the API server; a little behind is normal. */
  readonly nodes: readonly { readonly name: string; readonly offset: number }[];
}

type Clock = Seen<ClockFacts> & { readonly view: Pick<View, "cluster"> };

export function judgeClocks(seen: readonly Clock[]): PlacedVerdict[] {
  const verdicts = [...againstThisMachine(seen), ...againstEachOther(seen), ...seen.flatMap(nodes)];
  const furthest = Math.max(0, ...seen.map(({ facts }) => Math.abs(facts.offset)));
  return verdicts.length > 0 || seen.length === 0
    ? verdicts
    : [ok(`Clocks are within ${Math.max(1, Math.ceil(furthest))} s of this machine's.`)];
}

const severityOf = (seconds: number): "error" | "warning" =>
  seconds > GRACE_SECONDS ? "error" : "warning";

const againstThisMachine = (seen: readonly Clock[]): PlacedVerdict[] =>
  seen
    .filter(({ facts }) => Math.abs(facts.offset) > NOTICED_SECONDS)
    .map(({ view, facts }) => ({
      severity: severityOf(Math.abs(facts.offset)),
      cluster: view.cluster.id,
      what: `The API server's clock is ${describe(facts.offset)} this machine's.`,
    }));

/** Two clusters can each be near enough to this machine, and too far from each other. */
function againstEachOther(seen: readonly Clock[]): PlacedVerdict[] {
  const sorted = [...seen].sort((one, other) => one.facts.offset - other.facts.offset);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const gap = last.facts.offset - first.facts.offset;
  const isSaid = [first, last].some(({ facts }) => Math.abs(facts.offset) > NOTICED_SECONDS);
  return gap > NOTICED_SECONDS && !isSaid
    ? [
        {
          severity: severityOf(gap),
          what: `The clocks of ${first.view.cluster.id} and ${last.view.cluster.id} are ${Math.round(gap)} s apart.`,
        },
      ]
    : [];
}

function nodes({ view, facts }: Clock): PlacedVerdict[] {
  const off = facts.nodes.filter(
    ({ offset }) => offset > NOTICED_SECONDS || offset < -LEASE_SECONDS,
  );
  return off.length > 0
    ? [
        {
          severity: "warning",
          cluster: view.cluster.id,
          what: `The last signs of life of ${enumerate(off.map(({ name, offset }) => `${name} (${describe(offset)} the API server's clock)`))} are off, though they count as ready.`,
        },
      ]
    : [];
}

const describe = (seconds: number): string =>
  `${Math.round(Math.abs(seconds))} s ${seconds > 0 ? "ahead of" : "behind"}`;
