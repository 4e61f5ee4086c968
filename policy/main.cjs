"use strict";

// Pulumi hands runtime.options.nodeargs to a policy pack as arguments of its own, not to node, so that
// tsx, which takes a tenth of the time of a type check on every preview, has to be loaded from here.
require("tsx/cjs");
require("./serve.ts");
