import type { Stage, Step } from "../../cli/steps";
import { check, type CheckResult } from "../check";
import { checkReport, checkText } from "../check/report";
import { see } from "../check/gather/see";
import { Unseen } from "../check/facts";
import { enoughRequests } from "../check/traffic/send";
import type { Finding } from "../finding";
import { findingsReport } from "../findings-text";
import type { OpenMesh } from "../open";
import { preflight } from "../preflight";
import type { Item } from "../preflight/cluster-api";
import { connect } from "../preflight/connect";
import { count } from "../preflight/text";
import { viewsOf } from "../preflight/views";
import type { Project } from "../project";
import { lookAtTopology } from "../topology";
import { FORMATS } from "../topology/formats";
import { archiveOf, prepare, type PackedFile } from "./archive";
import { collectCluster, readSecrets } from "./collect/cluster";
import type { Source } from "./collect/folder";
import { collectStacks, collectVersions } from "./collect/project";
import type { Entry, LeftOut, Sink } from "./entry";
import { Redactor } from "./redact/redactor";
import { knownSecrets, namesOf } from "./secrets";

export interface BundleOptions {
  readonly signal: AbortSignal;
  readonly logLines: number;
  readonly applicationLogs: boolean;
  /** Of all files together, before they are compressed. */
  readonly maxBytes: number;
}

export interface Bundle {
  readonly folder: string;
  readonly archive: Buffer;
  readonly files: readonly PackedFile[];
  readonly leftOut: readonly LeftOut[];
}

/** How long a cluster's API server has to answer everything. */
const CLUSTER_SECONDS = 90;

/** Collects a bundle, shown as stages; `finish` packs it when they are done. */
export interface Collection {
  readonly stages: readonly Stage[];
  finish(): Promise<Bundle>;
}

/**
 * Everything that a helper needs to see of a mesh, without its secrets. A cluster that doesn't answer
 * is left out, and said to be; nothing is changed anywhere.
 */
export function collect(project: Project, open: OpenMesh, options: BundleOptions): Collection {
  const at = new Date();
  const { signal } = options;
  const entries: Entry[] = [];
  const leftOut: LeftOut[] = [];
  const secrets: Item[] = [];
  const sink: Sink = {
    add: (path, content) => {
      if (content !== undefined && content !== "") {
        entries.push({ path, content });
      }
    },
    leaveOut: (what, why) => leftOut.push({ what, why }),
  };
  let silent: readonly string[] = [];

  const look: Step[] = [
    {
      title: "Check",
      run: async () => {
        const requests = enoughRequests(open.mesh.clusters.length);
        const result = await check(project, open, { signal, requests });
        silent = silentIn(result);
        for (const id of silent) {
          sink.leaveOut(`${id}: everything inside of it`, "its API server can't be asked");
        }
        sink.add("check.txt", checkText(result, { colour: false, verbose: true }));
        sink.add("check.json", checkReport(result));
        return summaryOf(result.findings);
      },
    },
    {
      title: "Preflight",
      run: async () => {
        const findings = await preflight(open, { signal });
        sink.add("preflight.json", findingsReport(findings));
        return summaryOf(findings);
      },
    },
    {
      title: "Versions and stacks",
      run: async () => {
        await collectVersions(project, open, sink);
        await collectStacks(project, open, sink, signal);
      },
    },
    {
      title: "Topology",
      run: async () => {
        const topology = await see(lookAtTopology(open, signal));
        if (topology instanceof Unseen) {
          sink.leaveOut("topology", topology.message);
        } else {
          sink.add("topology.svg", await FORMATS.svg(topology));
          sink.add("topology.json", topology);
        }
      },
    },
  ];

  const clusters = open.members.map((member): Step => ({
    title: member.cluster.id,
    run: async (report) => {
      const { id } = member.cluster;
      if (silent.includes(id)) {
        return "doesn't answer, left out";
      }
      const view = connect(
        viewsOf(open).filter(({ access, cluster }) => access === "own" && cluster.id === id),
        CLUSTER_SECONDS,
        signal,
      )[0];
      if (view === undefined) {
        return "no access, left out";
      }
      const source: Source = { cluster: id, api: view.api, client: () => member.client() };
      const own: Entry[] = [];
      const found = await see(readSecrets(source));
      if (found instanceof Unseen) {
        sink.leaveOut(
          `${id}: everything inside of it`,
          `its Secrets can't be read, so nobody could tell what to remove (${found.message})`,
        );
        return "its Secrets can't be read, left out";
      }
      secrets.push(...found);
      await collectCluster(
        source,
        { ...sink, add: (path, content) => own.push({ path, content }) },
        { ...options, report },
      );
      own.forEach(({ path, content }) => sink.add(path, content));
      return count(own.length, "file");
    },
  }));

  return {
    stages: [
      { title: "The mesh as a whole", steps: look },
      { title: "Inside the clusters", steps: clusters },
    ],
    finish: async () => {
      const isKnownName = namesOf(open, secrets);
      const known = knownSecrets(open, secrets, isKnownName);
      const packed = prepare(entries, {
        redactor: new Redactor(known, isKnownName),
        known,
        maxBytes: options.maxBytes,
      });
      const missing = [...leftOut, ...packed.leftOut].map(({ what, why }) => ({
        what: known.removeFrom(what),
        why: known.removeFrom(why),
      }));
      const manifest = {
        mesh: open.mesh.id,
        takenAt: at.toISOString(),
        clusters: open.mesh.clusters.map(({ id }) => id),
        silent,
        leftOut: missing,
        files: packed.files.map(({ path, content }) => ({
          path,
          bytes: Buffer.byteLength(content),
        })),
      };
      const files = [
        { path: "manifest.json", content: `${JSON.stringify(manifest, null, 2)}\n` },
        ...packed.files,
      ];
      const folder = `mesh-bundle-${open.mesh.id}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")}`;
      return { folder, archive: await archiveOf(folder, files), files, leftOut: missing };
    },
  };
}

const silentIn = ({ sights }: CheckResult): string[] =>
  sights.flatMap(({ cluster, facts: { apiServer } }) =>
    apiServer instanceof Unseen || "failure" in apiServer ? [cluster.id] : [],
  );

const summaryOf = (findings: readonly Finding[]): string => {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return errors > 0 ? count(errors, "error") : "no error";
};
