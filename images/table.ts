import { readFileSync } from "node:fs";
import { join } from "node:path";

/** An image of ours, and where a stack's configuration names it. */
export interface AppImage {
  /** Last part of its repository. */
  readonly name: string;
  /** Folder below `apps/`, which has the Dockerfile, and whose package.json has the version. */
  readonly app: string;
  /** Stage of the Dockerfile; its last if absent. */
  readonly target?: string;
  /** Nothing where no key names it: Bookinfo's own images are the default of `mesh:bookinfo`. */
  readonly config?: ImageKey;
}

export interface ImageKey {
  /** Key that the image stands in, without its namespace. */
  readonly key: string;
  /** Where below that key; the key itself if empty. */
  readonly path: readonly string[];
  /** A file configures the application that says `true` to this key, or has this property of it. */
  readonly configuredBy: { readonly key: string; readonly property?: string };
}

const theater = (service: string): AppImage => ({
  name: service,
  app: "theater",
  target: service,
  config: {
    key: "theater",
    path: ["images", service],
    configuredBy: { key: "theater", property: "enabled" },
  },
});

/** A further Dockerfile below `apps/` is a further row. */
export const APP_IMAGES: readonly AppImage[] = [
  theater("user-service"),
  theater("movie-service"),
  theater("booking-service"),
  theater("api-gateway"),
  {
    name: "clova",
    app: "clova",
    config: {
      key: "clova",
      path: ["image"],
      configuredBy: { key: "clova", property: "applicationId" },
    },
  },
  {
    name: "hello",
    app: "hello",
    config: {
      key: "firstSteps",
      path: ["image"],
      configuredBy: { key: "firstSteps", property: "enabled" },
    },
  },
  {
    name: "echo",
    app: "echo",
    config: { key: "echoImage", path: [], configuredBy: { key: "echo" } },
  },
  { name: "bookinfo", app: "bookinfo" },
];

/** The image's version: that of its package.json. */
export const versionOf = ({ app }: AppImage): string =>
  (
    JSON.parse(readFileSync(join(__dirname, "../apps", app, "package.json"), "utf8")) as {
      version: string;
    }
  ).version;
