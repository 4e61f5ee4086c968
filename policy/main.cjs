"use strict";

// Pulumi hands runtime.options.nodeargs to a policy pack as arguments of its own, not to node, so that
// the loader has to come from here; Pulumi's own ts-node would check all types on every preview.
require("../loader/typescript.cjs");
require("./serve.ts");
