import assert from "node:assert/strict";
import { appliesTo, fullHost, isMeshService } from "../../../../policy/routing/hosts";

describe("hosts of Istio's configuration", () => {
  it("are of the object's own namespace where they have no dot", () => {
    assert.equal(fullHost("reviews", "shop"), "reviews.shop.svc.cluster.local");
    assert.equal(fullHost("reviews.bank", "shop"), "reviews.bank");
    assert.equal(fullHost("*", "shop"), "*");
    assert.equal(fullHost("reviews", undefined), undefined);
  });

  it("are services of the mesh or names of the public", () => {
    for (const host of ["reviews", "reviews.shop.svc.cluster.local"]) {
      assert(isMeshService(host), host);
    }
    for (const host of ["*", "shop.example.com", "*.example.com"]) {
      assert(!isMeshService(host), host);
    }
  });

  it("with a wildcard apply to what ends like them", () => {
    assert(appliesTo("*.shop.svc.cluster.local", "reviews.shop.svc.cluster.local"));
    assert(!appliesTo("*.bank.svc.cluster.local", "reviews.shop.svc.cluster.local"));
  });
});
