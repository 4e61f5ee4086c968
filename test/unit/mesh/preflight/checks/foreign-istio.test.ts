import assert from "node:assert/strict";
import { judgeIstios, type IstioFacts } from "../../../../../mesh/preflight/checks/foreign-istio";
import { said, viewOf } from "../../../../support/preflight";

const NONE: IstioFacts = {
  istiods: [],
  mesh: { id: undefined, trustDomain: undefined },
  injectors: [],
  secrets: [],
};

const istiod = (over: Partial<IstioFacts["istiods"][number]> = {}) => ({
  name: "istio-system/istiod",
  ours: true,
  owner: "Helm release istio-system/istiod",
  revision: "default",
  clusterId: "ncloud",
  ...over,
});

const OURS: IstioFacts = {
  ...NONE,
  istiods: [istiod()],
  mesh: { id: "mesh1", trustDomain: "cluster.local" },
  injectors: [{ name: "istio-sidecar-injector", ours: true }],
  secrets: ["cacerts"],
};

describe("preflight: foreign-istio", () => {
  const cases: readonly (readonly [string, IstioFacts, readonly string[]])[] = [
    ["an empty cluster", NONE, ["ok: No Istio is here yet."]],
    ["our own Istio", OURS, ["ok: The only Istio here is ours."]],
    [
      "an istiod by istioctl in istio-system",
      { ...NONE, istiods: [istiod({ ours: false, owner: "istioctl", clusterId: "Kubernetes" })] },
      ["error: Another istiod runs here: istio-system/istiod, revision default, made by istioctl."],
    ],
    [
      "a revision elsewhere, beside ours",
      {
        ...OURS,
        istiods: [
          istiod(),
          istiod({
            name: "other/istiod-canary",
            ours: false,
            owner: "kubectl",
            revision: "canary",
          }),
        ],
      },
      ["warning: Another istiod runs here: other/istiod-canary, revision canary, made by kubectl."],
    ],
    [
      "another injector for the same label",
      {
        ...OURS,
        injectors: [...OURS.injectors, { name: "istio-sidecar-injector-other", ours: false }],
      },
      [
        "error: istio-sidecar-injector-other would put another Istio's sidecars into namespaces labelled istio-injection=enabled.",
      ],
    ],
    [
      "our release under other names",
      {
        ...OURS,
        istiods: [istiod({ clusterId: "Kubernetes" })],
        mesh: { id: "usmesh", trustDomain: "old.test" },
      },
      [
        "error: The istiod that is here has the cluster ID Kubernetes, the configuration says ncloud.",
        "error: The istiod that is here has the mesh ID usmesh, the configuration says mesh1.",
        "error: The istiod that is here has the trust domain old.test, the configuration says cluster.local.",
      ],
    ],
    [
      "a CA of istiod's own making",
      { ...NONE, secrets: ["istio-ca-secret"] },
      [
        "warning: istio-system has istio-ca-secret: an istiod made itself a CA there, which no peer trusts.",
      ],
    ],
    [
      "the same beside cacerts",
      { ...OURS, secrets: ["istio-ca-secret", "cacerts"] },
      ["ok: The only Istio here is ours."],
    ],
  ];
  for (const [what, facts, expected] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(said(judgeIstios(facts, viewOf())), expected));
  }
});
