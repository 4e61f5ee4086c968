import assert from "node:assert/strict";
import {
  judgeAddresses,
  type AddressFacts,
} from "../../../../../mesh/preflight/checks/address-ranges";
import { viewsOf } from "../../../../../mesh/preflight/views";
import { said, twoClusters } from "../../../../support/preflight";

const views = viewsOf(twoClusters()).filter(({ access }) => access === "own");
const NOTHING: AddressFacts = { ranges: [], nodes: [], called: [] };

const judged = (ncloud: Partial<AddressFacts>, nhn: Partial<AddressFacts>) =>
  said(
    judgeAddresses(
      views.map((view, index) => ({ view, facts: { ...NOTHING, ...[ncloud, nhn][index] } })),
    ),
  );

describe("preflight: address-ranges", () => {
  it("lets pod and service ranges overlap, since networks meet at gateways only", () => {
    assert.deepEqual(judged({ ranges: ["10.0.0.0/16"] }, { ranges: ["10.0.128.0/17"] }), [
      "info: Ranges that overlap between clusters: 10.0.0.0/16 in ncloud and 10.0.128.0/17 in nhn; different networks may, they meet at gateways only.",
      "ok: No cluster's pods, Services or nodes have a peer's address.",
    ]);
  });

  it("finds a peer's API server in a range", () => {
    assert.deepEqual(
      judged(
        { ranges: ["10.96.0.0/12"] },
        { called: [{ what: "API server", address: "10.100.0.5" }] },
      ),
      [
        "error ncloud nhn: The API server of nhn has the address 10.100.0.5, which in ncloud lies in 10.96.0.0/12.",
      ],
    );
  });

  it("finds a peer's gateway at the address of a node", () => {
    assert.deepEqual(
      judged(
        { called: [{ what: "east-west gateway", address: "192.168.0.10" }] },
        { nodes: ["192.168.0.10"] },
      ),
      [
        "error nhn ncloud: The east-west gateway of ncloud has the address 192.168.0.10, which in nhn is a node's.",
      ],
    );
  });

  it("says nothing of a cluster's own address in its own range", () => {
    assert.deepEqual(
      judged(
        { ranges: ["10.96.0.0/12"], called: [{ what: "API server", address: "10.100.0.5" }] },
        {},
      ),
      ["ok: No cluster's pods, Services or nodes have a peer's address."],
    );
  });
});
