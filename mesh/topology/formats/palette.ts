import type { Health } from "../model";

/** Colours of one appearance; texts reach a contrast of 4.5 on both surfaces (WCAG 2.2, 1.4.3). */
export interface Theme {
  readonly page: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly health: Readonly<Record<Health, string>>;
}

export const LIGHT: Theme = {
  page: "#ffffff",
  card: "#f6f8fa",
  border: "#d0d7de",
  text: "#1f2328",
  muted: "#57606a",
  health: { ok: "#1a7f37", warning: "#8a5a00", error: "#cf222e", unknown: "#6e7781" },
};

export const DARK: Theme = {
  page: "#0d1117",
  card: "#161b22",
  border: "#3d444d",
  text: "#f0f6fc",
  muted: "#9ea7b3",
  health: { ok: "#3fb950", warning: "#d29922", error: "#ff6a62", unknown: "#8b949e" },
};

/** Tell clusters apart on either page; their names always stand beside them. */
const CLUSTERS = [
  "#2f81f7",
  "#db6d28",
  "#2da77f",
  "#bf4b8a",
  "#8a63d2",
  "#1b93a8",
  "#a38300",
  "#d1504a",
  "#6e7f96",
  "#6a9a2d",
] as const;

export const clusterColour = (index: number): string => CLUSTERS[index % CLUSTERS.length] as string;
