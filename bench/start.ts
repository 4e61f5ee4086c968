import { loadStackConfig } from "../config/stack-files";
import { checkoutProject } from "../mesh/project";
import { kubeconfig } from "../test/support/config";
import { median, round, timed } from "./run";

const RUNS = 15;

/** Runs the program as the CLI's language host does, up to the first resource that it registers. */
const PROBE = `
const pulumi = require("@pulumi/pulumi");
const register = () => {
  // The SDK would complain about everything that is still to come.
  process.removeAllListeners("exit");
  process.exit(0);
};
void pulumi.runtime
  .setMocks({ newResource: register, call: register }, "mesh", "ncloud", false, "organization")
  .then(() => {
    pulumi.runtime.setAllConfig(JSON.parse(process.env.BENCH_CONFIG));
    require("./index.ts")();
  });
`;

/** How long the program takes before its first resource registers, against loading the SDKs alone. */
export async function benchStart(): Promise<object> {
  const { config } = loadStackConfig(checkoutProject().dir, "ncloud", {
    values: {
      "mesh:kubeconfigs": {
        ncloud: kubeconfig("https://192.0.2.1:6443"),
        nhn: kubeconfig("https://192.0.2.2:6443"),
      },
    },
  });
  const program = ["--require=./loader/typescript.cjs", "-e", PROBE];
  const require = ["-e", 'require("@pulumi/pulumi"); require("@pulumi/kubernetes")'];
  const env = { BENCH_CONFIG: JSON.stringify(config) };
  await timed("node", program, env);
  const programs: number[] = [];
  const requires: number[] = [];
  // Side by side in time, since the machine's other work comes and goes.
  for (let run = 0; run < RUNS; run++) {
    programs.push((await timed("node", program, env)).seconds);
    requires.push((await timed("node", require)).seconds);
  }
  return {
    toFirstResourceSeconds: median(programs),
    requireSdksSeconds: median(requires),
    startToRequire: round(median(programs) / median(requires)),
  };
}
