import assert from "node:assert/strict";
import { cni, judgeCni, type CniFacts } from "../../../../../mesh/preflight/checks/cni";
import { ClusterApi } from "../../../../../mesh/preflight/cluster-api";
import { said, twoClusters, viewOf } from "../../../../support/preflight";

const NOTHING: CniFacts = {
  cilium: undefined,
  l7Policies: [],
  calico: undefined,
  istioCni: false,
};
const SET = {
  "bpf-lb-sock-hostns-only": "true",
  "cni-exclusive": "false",
  "enable-l7-proxy": "false",
};
const BAD = {
  "kube-proxy-replacement": "true",
  "bpf-lb-sock-hostns-only": "false",
  "cni-exclusive": "true",
  "enable-l7-proxy": "true",
};

const judged = (ciliumSettings: string, facts: Partial<CniFacts>) =>
  said(judgeCni({ ...NOTHING, ...facts }, viewOf("own", { ciliumSettings })));

describe("preflight: cni", () => {
  const cases: readonly (readonly [
    "apply" | "leave",
    string,
    Partial<CniFacts>,
    readonly string[],
  ])[] = [
    ["leave", "neither plug-in", {}, ["ok: Neither Cilium nor Calico is here to interfere."]],
    [
      "leave",
      "Cilium set up for Istio",
      { cilium: SET },
      ["ok: Cilium leaves sidecars their traffic."],
    ],
    [
      "leave",
      "Cilium that replaces kube-proxy",
      { cilium: BAD },
      ["warning: Cilium has bpf-lb-sock-hostns-only=false, where Istio needs true."],
    ],
    [
      "leave",
      "Cilium beside kube-proxy, without L7 policies and istio-cni",
      { cilium: { ...BAD, "kube-proxy-replacement": "false" } },
      ["ok: Cilium leaves sidecars their traffic."],
    ],
    [
      "leave",
      "Cilium with istio-cni and L7 policies",
      { cilium: { "kube-proxy-replacement": "false" }, istioCni: true, l7Policies: ["shop/http"] },
      [
        "warning: Cilium has cni-exclusive=(unset), where Istio needs false.",
        "warning: Cilium has enable-l7-proxy=(unset), where Istio needs false.",
      ],
    ],
    [
      "apply",
      "Cilium to be set up",
      { cilium: BAD },
      [
        "info: up sets bpf-lb-sock-hostns-only=true, cni-exclusive=false and enable-l7-proxy=false in Cilium, and restarts its agents node by node.",
        "ok: Cilium leaves sidecars their traffic.",
      ],
    ],
    [
      "apply",
      "Cilium that is set up",
      { cilium: SET },
      ["ok: Cilium leaves sidecars their traffic."],
    ],
    [
      "apply",
      "no Cilium",
      {},
      ["error: The stack sets up Cilium, and there is no ConfigMap kube-system/cilium-config."],
    ],
    [
      "apply",
      "policies that end with the proxy",
      { cilium: SET, l7Policies: ["shop/http", "all"] },
      ["warning: shop/http and all need Cilium's L7 proxy, which the stack turns off."],
    ],
    [
      "leave",
      "Calico's eBPF data plane",
      { calico: { bpf: true, connectTime: "TCP" } },
      ["warning: Calico runs its eBPF data plane with bpfConnectTimeLoadBalancing TCP."],
    ],
    [
      "leave",
      "the same without connect-time load balancing",
      { calico: { bpf: true, connectTime: "Disabled" } },
      ["ok: Calico leaves sidecars their traffic."],
    ],
  ];
  it("counts istio-cni that the stack is about to install", () => {
    const cilium = { ...SET, "cni-exclusive": "true" };
    const view = viewOf("own", { ciliumSettings: "leave", istioCni: "install" });
    assert.deepEqual(said(judgeCni({ ...NOTHING, cilium }, view)), [
      "warning: Cilium has cni-exclusive=true, where Istio needs false.",
    ]);
  });

  it("finds that there is no istio-cni where the configuration counts on one", () => {
    const view = viewOf("own", { istioCni: "existing" });
    assert.deepEqual(said(judgeCni(NOTHING, view)), [
      "error: mesh:istioCni is existing, and there is no DaemonSet istio-cni-node.",
    ]);
    assert.deepEqual(said(judgeCni({ ...NOTHING, istioCni: true }, view)), [
      "ok: Neither Cilium nor Calico is here to interfere.",
    ]);
  });

  for (const [mode, what, facts, expected] of cases) {
    it(`${mode}: judges ${what}`, () => assert.deepEqual(judged(mode, facts), expected));
  }

  it("tells policies that need the L7 proxy from those that don't", async () => {
    const policy = (name: string, spec: unknown) => ({
      metadata: { name, namespace: "shop" },
      spec,
    });
    const replies: Readonly<Record<string, unknown>> = {
      "/api/v1/namespaces/kube-system/configmaps/cilium-config": { data: SET },
      "/apis/cilium.io/v2/ciliumnetworkpolicies?limit=500": {
        items: [
          policy("ports", { ingress: [{ toPorts: [{ ports: [{ port: "80" }] }] }] }),
          policy("paths", { ingress: [{ toPorts: [{ rules: { http: [{ path: "/" }] } }] }] }),
          policy("names", { egress: [{ toFQDNs: [{ matchName: "example.com" }] }] }),
        ],
      },
    };
    const api = new ClusterApi(({ path }) =>
      Promise.resolve({
        status: path in replies ? 200 : 404,
        date: undefined,
        askedAt: new Date(),
        body: replies[path] ?? {},
      }),
    );
    const { findings } = await cni.run(twoClusters(), [
      { ...viewOf("own", { ciliumSettings: "apply" }), api },
    ]);
    assert.deepEqual(said(findings), [
      "warning ncloud: shop/paths and shop/names need Cilium's L7 proxy, which the stack turns off.",
    ]);
  });
});
