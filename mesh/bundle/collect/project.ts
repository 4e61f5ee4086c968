import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, platform, release } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { isObject, objectOr } from "../../../config/json";
import { see } from "../../check/gather/see";
import { Unseen } from "../../check/facts";
import type { OpenMesh } from "../../open";
import { stackOutputs } from "../../outputs";
import { stackFile, type Project } from "../../project";
import { withoutLauncher } from "../../pulumi-cli";
import { stateOf } from "../../stack-state";
import { pathOf, type Sink } from "../entry";
import { REMOVED } from "../redact/names";

/** What the mesh was made with, as far as this machine tells. */
export async function collectVersions(project: Project, open: OpenMesh, sink: Sink): Promise<void> {
  const { version, dependencies } = JSON.parse(
    readFileSync(join(__dirname, "../../../package.json"), "utf8"),
  ) as { version: string; dependencies: unknown };
  const cli = await see(
    promisify(execFile)("pulumi", ["version"], {
      env: { ...process.env, PATH: withoutLauncher(process.env["PATH"] ?? ""), ...project.env },
    }),
  );
  sink.add("versions.json", {
    program: version,
    dependencies,
    node: process.version,
    machine: [platform(), release(), arch()].join(" "),
    pulumi: cli instanceof Unseen ? "none found" : cli.stdout.trim(),
    istio: Object.fromEntries(
      open.members.map(({ cluster, settings }) => [cluster.id, settings.config.istio.version]),
    ),
  });
}

/** Each stack's configuration without kubeconfigs, keys and ciphertext, and what its state says. */
export async function collectStacks(
  project: Project,
  open: OpenMesh,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  const stacks = [open.trust, ...open.members.map(({ settings }) => settings)];
  await Promise.all(
    stacks.map(async (settings) => {
      if (settings === undefined) {
        return;
      }
      const { stack } = settings;
      sink.add(pathOf("stacks", stack, "config.json"), configOf(project, stack));
      const outputs = await stackOutputs(project, stack, signal);
      if (outputs === undefined) {
        sink.leaveOut(`stack ${stack}: outputs`, "it has no state, or no Pulumi CLI can read it");
      } else {
        sink.add(pathOf("stacks", stack, "outputs.json"), outputs);
      }
      const state = await see(stateOf(project, stack));
      if (state instanceof Unseen) {
        sink.leaveOut(`stack ${stack}: list of resources`, state.message);
      } else if (state === undefined) {
        sink.leaveOut(`stack ${stack}: list of resources`, "the Pulumi CLI knows no such stack");
      } else {
        sink.add(pathOf("stacks", stack, "resources.json"), resourcesOf(state));
      }
    }),
  );
}

/** Keys whose values are secret as a whole. */
const SECRET_KEYS = ["kubeconfigs", "remoteKubeconfigs", "cacerts"];

export function configOf(project: Project, stack: string): unknown {
  const file = parse(readFileSync(stackFile(project, stack), "utf8")) as unknown;
  const config = isObject(file) ? objectOr(file["config"]) : {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      SECRET_KEYS.includes(key.split(":").at(-1) ?? "")
        ? isObject(value)
          ? Object.fromEntries(Object.keys(value).map((name) => [name, REMOVED]))
          : REMOVED
        : withoutCiphertext(value),
    ]),
  );
}

const withoutCiphertext = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutCiphertext)
    : isObject(value)
      ? "secure" in value
        ? REMOVED
        : Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, withoutCiphertext(item)]),
          )
      : value;

/** What a state knows of, without inputs, outputs and IDs: an ID can be a secret's value. */
export function resourcesOf(state: unknown): unknown {
  const { resources, pending_operations: pending } = objectOr(state);
  const brief = (resource: unknown): unknown => {
    const { urn, type, created, modified, protect, external, dependencies } = objectOr(resource);
    return { urn, type, created, modified, protect, external, dependencies };
  };
  return {
    resources: Array.isArray(resources) ? resources.map(brief) : [],
    pending: Array.isArray(pending)
      ? pending.map((one) => {
          const { type, resource } = objectOr(one);
          return { type, resource: brief(resource) };
        })
      : [],
  };
}
