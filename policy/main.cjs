"use strict";

// Pulumi hands runtime.options.nodeargs to a policy pack as arguments of its own, not to node, so that
// tsx has to be loaded from here; Pulumi's own ts-node would check all types on every preview.
require("tsx/cjs");
require("./serve.ts");
