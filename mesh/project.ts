import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Resolve } from "./https/host-facts";

/** A folder with Pulumi.yaml and the stacks' files, and where its stacks' states are. */
export interface Project {
  readonly dir: string;
  /** Environment of the Pulumi CLI besides this process's own, e.g. PULUMI_BACKEND_URL. */
  readonly env: Readonly<Record<string, string>>;
  /** Outputs of a stack that something else than the Pulumi CLI has deployed; nothing of others. */
  readonly outputs?: (stack: string) => Readonly<Record<string, unknown>> | undefined;
  /** The DNS that knows its public hosts; this machine's by default. */
  readonly resolve?: Resolve;
}

/** The project of this checkout. */
export const checkoutProject = (): Project => ({ dir: join(__dirname, ".."), env: {} });

/** Stacks that have a file `Pulumi.<stack>.yaml`, in alphabetical order. */
export const stackFiles = ({ dir }: Project): string[] =>
  readdirSync(dir)
    .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
    .sort();

export const stackFile = ({ dir }: Project, stack: string): string =>
  join(dir, `Pulumi.${stack}.yaml`);
