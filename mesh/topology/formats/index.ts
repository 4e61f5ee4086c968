import type { Topology } from "../model";
import { mermaid } from "./mermaid";
import { png } from "./png";
import { svg } from "./svg";

/** How a picture can be had: each makes a file's content of it. */
export const FORMATS = {
  svg: (topology: Topology): Promise<string> => Promise.resolve(svg(topology)),
  png: (topology: Topology): Promise<Buffer> => png(svg(topology)),
  mermaid: (topology: Topology): Promise<string> => Promise.resolve(mermaid(topology)),
  json: (topology: Topology): Promise<string> =>
    Promise.resolve(`${JSON.stringify(topology, null, 2)}\n`),
} as const;

export type Format = keyof typeof FORMATS;

/** What a file's name says of its content. */
const EXTENSIONS: Readonly<Record<string, Format>> = {
  svg: "svg",
  png: "png",
  mmd: "mermaid",
  mermaid: "mermaid",
  json: "json",
};

export const formatOf = (file: string): Format | undefined =>
  EXTENSIONS[/\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? ""];
