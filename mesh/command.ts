import type { Command } from "commander";
import type { Run } from "../cli/command-line";
import type { Project } from "./project";

/** What a command is given by the command line it belongs to. */
export interface MeshContext {
  readonly run: Run;
  /** The project that `--project` or `--lab` names. */
  project(): Promise<Project>;
}

/** Adds one command, e.g. `check`, to `npm run mesh --`. */
export type AddCommand = (program: Command, context: MeshContext) => void;
