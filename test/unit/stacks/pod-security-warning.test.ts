import assert from "node:assert/strict";
import { parseConfig } from "../../../config/parse";
import { podSecurityWarning } from "../../../stacks/pod-security-warning";
import { rawConfig } from "../../support/config";

const warning = (over: Record<string, unknown>): string | undefined => {
  const config = parseConfig(rawConfig(["ncloud", "nhn"], over), "ncloud");
  assert(config.kind === "cluster");
  return podSecurityWarning(config);
};

describe("podSecurityWarning", () => {
  const applications = {
    theater: { enabled: true, host: "theater.example.com", entry: "http" },
    bookinfo: { enabled: true, host: "bookinfo.example.com", entry: "http" },
  };

  it("names the namespaces that take any pod, and what to set", () => {
    assert.equal(
      warning(applications),
      "Without istio-cni, bookinfo, theater-msa can't enforce the Pod Security Standard restricted, as sidecars' init containers need NET_ADMIN: set mesh:istioCni to install",
    );
  });

  it("says nothing where istio-cni is there, or no application is", () => {
    assert.equal(warning({ ...applications, istioCni: "install" }), undefined);
    assert.equal(warning({ ...applications, istioCni: "existing" }), undefined);
    assert.equal(warning({ echo: true }), undefined);
  });
});
