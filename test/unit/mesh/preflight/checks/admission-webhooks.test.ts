import assert from "node:assert/strict";
import { judgeWebhooks } from "../../../../../mesh/preflight/checks/admission-webhooks";
import type { Webhook } from "../../../../../mesh/preflight/objects";
import { said, viewOf } from "../../../../support/preflight";

const webhook = (over: Partial<Webhook> = {}): Webhook => ({
  name: "validate.policy.test",
  clientConfig: { service: { namespace: "policy", name: "webhook" } },
  rules: [{ apiGroups: [""], resources: ["services"], operations: ["CREATE"] }],
  ...over,
});

const judged = (one: Webhook, served = false, configuration = "policy") =>
  said(judgeWebhooks([{ configuration, webhook: one, served }], viewOf()));

const DEAD =
  "error: Webhook validate.policy.test (policy) must agree to what the stack creates, and its service policy/webhook has no ready endpoint.";
const FINE = "ok: Every webhook that must agree has somebody to answer.";

describe("preflight: admission-webhooks", () => {
  it("finds a webhook that would refuse everything", () => {
    assert.deepEqual(judged(webhook()), [DEAD]);
    assert.deepEqual(judged(webhook(), true), [FINE]);
  });

  const harmless: readonly (readonly [string, Partial<Webhook>])[] = [
    ["ignores failures", { failurePolicy: "Ignore" }],
    [
      "is about other kinds",
      { rules: [{ apiGroups: ["cert-manager.io"], resources: ["*/*"], operations: ["*"] }] },
    ],
    [
      "is about deletion",
      { rules: [{ apiGroups: [""], resources: ["services"], operations: ["DELETE"] }] },
    ],
    [
      "leaves istio-system out",
      {
        namespaceSelector: {
          matchExpressions: [
            { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["istio-system"] },
          ],
        },
      },
    ],
    ["takes labelled objects only", { objectSelector: { matchLabels: { policy: "on" } } }],
    [
      "is istiod's own",
      { clientConfig: { service: { namespace: "istio-system", name: "istiod" } } },
    ],
  ];
  for (const [what, over] of harmless) {
    it(`lets be one that ${what}`, () => assert.deepEqual(judged(webhook(over)), [FINE]));
  }

  it("takes wildcards for what they are", () => {
    const rules = [{ apiGroups: ["*"], resources: ["*"], operations: ["*"] }];
    assert.deepEqual(judged(webhook({ rules })), [DEAD]);
  });

  it("names policy engines", () => {
    assert.deepEqual(judged(webhook(), true, "kyverno-resource-validating-webhook-cfg"), [
      "info: Kyverno judges what is created here: its policies may refuse the gateways' Services or the sidecars' NET_ADMIN.",
      FINE,
    ]);
  });
});
