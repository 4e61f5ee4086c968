import { PolicyPack } from "@pulumi/policy";
import { policies } from "./index";

new PolicyPack("istio-multicloud", {
  displayName: "Istio over several clouds",
  enforcementLevel: "mandatory",
  policies: [...policies],
});
