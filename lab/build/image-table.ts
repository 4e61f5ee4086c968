import { basename } from "node:path";
import { IPTABLES_COMMANDS } from "./debian";
import { serviceImageName, type Program, type ServiceBundle } from "./services";
import {
  certManagerTag,
  istioTag,
  JAEGER_IMAGE,
  PEBBLE_IMAGE,
  PROMETHEUS_IMAGE,
  REDIS_IMAGE,
  STATE_METRICS_IMAGE,
  VERSIONS,
} from "./versions";

/** cert-manager's programs, by the end of their images' names. */
export const CERT_MANAGER_PROGRAMS = [
  "acmesolver",
  "cainjector",
  "controller",
  "startupapicheck",
  "webhook",
] as const;
/** Programs of the Go module of cert-manager and its ACME server. */
export type HttpsProgram = (typeof CERT_MANAGER_PROGRAMS)[number] | "pebble";

/** What observes the mesh. */
export type ObservabilityProgram = "prometheus" | "kube-state-metrics" | "jaeger";

/** Something in an image's file system; `to` is its absolute path there. */
export type ImageFile =
  /** A program with the shared libraries it is linked to. */
  | { readonly kind: "program"; readonly from: string; readonly to: string }
  | { readonly kind: "file"; readonly from: string; readonly to: string }
  /** Everything below a folder. */
  | { readonly kind: "folder"; readonly from: string; readonly to: string }
  | { readonly kind: "text"; readonly text: string; readonly to: string }
  | { readonly kind: "link"; readonly target: string; readonly to: string };

/** One container image: what `docker build` would take from a Dockerfile. */
export interface Image {
  /** Reference with tag, as pods name it. */
  readonly name: string;
  readonly entrypoint: readonly string[];
  /** `uid:gid` of containers whose pod names none; root when absent. */
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files: readonly ImageFile[];
}

/** Files on this machine that images are made of. */
export interface ImageSources {
  readonly programs: Readonly<
    Record<
      | "coredns"
      | "envoy"
      | "install-cni"
      | "iptables"
      | "istio-cni"
      | "node"
      | "pause"
      | "pilot-agent"
      | "pilot-discovery",
      string
    >
  >;
  /** Where the lab has public hosts. */
  readonly https: Readonly<Record<HttpsProgram, string>> | undefined;
  /** Where the lab observes its mesh. */
  readonly observability: Readonly<Record<ObservabilityProgram, string>> | undefined;
  /** Files that `node` reads at the same absolute path in an image. */
  readonly nodeBuiltins: readonly string[];
  /** Extensions that iptables loads, and the folder where it looks for them. */
  readonly xtables: { readonly from: string; readonly to: string };
  readonly envoyBootstrap: string;
  readonly certificateAuthorities: string;
  /** Our own services. */
  readonly services: readonly ServiceBundle[];
  /** The theater's store; undefined where the lab has no theater. */
  readonly redis: string | undefined;
}

const NONROOT = "65532:65532";
const ISTIO_PROXY = "1337:1337";

/** Never the host's: only the users that images or their pods name. */
const USERS: readonly ImageFile[] = [
  {
    kind: "text",
    to: "/etc/passwd",
    text: [
      "root:x:0:0:root:/root:/sbin/nologin",
      "istio-proxy:x:1337:1337::/nonexistent:/sbin/nologin",
      "nonroot:x:65532:65532::/nonexistent:/sbin/nologin",
      "",
    ].join("\n"),
  },
  {
    kind: "text",
    to: "/etc/group",
    text: ["root:x:0:", "istio-proxy:x:1337:", "nonroot:x:65532:", ""].join("\n"),
  },
];

/** The C library has both services built in; this only keeps /etc/hosts first. */
const NAME_SERVICES: ImageFile = {
  kind: "text",
  to: "/etc/nsswitch.conf",
  text: "hosts: files dns\n",
};

/**
 * The lab's images. Nothing in them is written to at run time, so every one runs with a read-only
 * root file system, and as any user its pod names.
 */
export function imageTable(sources: ImageSources): Image[] {
  const { programs } = sources;
  return [
    {
      name: `registry.k8s.io/pause:${VERSIONS.pause}`,
      entrypoint: ["/pause"],
      user: "65535:65535",
      files: [{ kind: "program", from: programs.pause, to: "/pause" }],
    },
    {
      name: `registry.k8s.io/coredns/coredns:v${VERSIONS.coredns}`,
      entrypoint: ["/coredns"],
      files: [
        { kind: "program", from: programs.coredns, to: "/coredns" },
        certificateAuthorities(sources),
        ...USERS,
      ],
    },
    {
      name: `docker.io/istio/pilot:${istioTag}`,
      entrypoint: ["/usr/local/bin/pilot-discovery"],
      user: ISTIO_PROXY,
      env: { PATH: "/usr/local/bin" },
      files: [
        {
          kind: "program",
          from: programs["pilot-discovery"],
          to: "/usr/local/bin/pilot-discovery",
        },
        certificateAuthorities(sources),
        ...USERS,
      ],
    },
    {
      name: `docker.io/istio/proxyv2:${istioTag}`,
      entrypoint: ["/usr/local/bin/pilot-agent"],
      user: ISTIO_PROXY,
      env: { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
      files: [
        { kind: "program", from: programs["pilot-agent"], to: "/usr/local/bin/pilot-agent" },
        { kind: "program", from: programs.envoy, to: "/usr/local/bin/envoy" },
        {
          kind: "file",
          from: sources.envoyBootstrap,
          to: "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json",
        },
        // pilot-agent sets the redirection of a pod's traffic up, as its init container.
        ...iptables(sources),
        certificateAuthorities(sources),
        NAME_SERVICES,
        ...USERS,
      ],
    },
    {
      name: `docker.io/istio/install-cni:${istioTag}`,
      entrypoint: ["/usr/local/bin/install-cni"],
      env: { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
      files: [
        { kind: "program", from: programs["install-cni"], to: "/usr/local/bin/install-cni" },
        // Everything in this folder is copied to the node.
        { kind: "program", from: programs["istio-cni"], to: "/opt/cni/bin/istio-cni" },
        // For the repair of pods that started before the plug-in was there.
        ...iptables(sources),
        NAME_SERVICES,
        ...USERS,
      ],
    },
    ...(sources.https === undefined ? [] : httpsImages(sources.https, sources)),
    ...(sources.observability === undefined
      ? []
      : observabilityImages(sources.observability, sources)),
    ...sources.services.flatMap((service) => serviceImages(service, sources)),
    ...(sources.redis === undefined ? [] : [redisImage(sources.redis)]),
  ];
}

/** iptables under its names, with what it loads. */
const iptables = ({ programs, xtables }: ImageSources): ImageFile[] => [
  { kind: "program", from: programs.iptables, to: "/usr/sbin/xtables-nft-multi" },
  ...IPTABLES_COMMANDS.map((command): ImageFile => {
    return { kind: "link", to: `/usr/sbin/${command}`, target: "xtables-nft-multi" };
  }),
  { kind: "folder", ...xtables },
];

/** What `apps/<service>/Dockerfile` makes: one image, or one for each of its targets. */
function serviceImages(service: ServiceBundle, sources: ImageSources): Image[] {
  const { name, programs, version, imagesOf } = service;
  return imagesOf === undefined
    ? [nodeImage(`${serviceImageName(name)}:${version}`, programs[0], service, sources)]
    : programs.map((program) =>
        nodeImage(
          `${imagesOf}/${basename(program.file, ".js")}:${version}`,
          program,
          service,
          sources,
        ),
      );
}

/** With the Node.js that runs the lab. Images of one service differ in nothing but what they start. */
function nodeImage(
  name: string,
  main: Program,
  service: ServiceBundle,
  sources: ImageSources,
): Image {
  return {
    name,
    entrypoint: ["/usr/local/bin/node", `/app/${main.file}`],
    user: NONROOT,
    env: { PATH: "/usr/local/bin", NODE_ENV: "production" },
    files: [
      { kind: "program", from: sources.programs.node, to: "/usr/local/bin/node" },
      ...sources.nodeBuiltins.map((file): ImageFile => {
        return { kind: "file", from: file, to: file };
      }),
      ...service.programs.map(({ file, text }): ImageFile => {
        return { kind: "text", text, to: `/app/${file}` };
      }),
      ...(service.folder === undefined
        ? []
        : [
            {
              kind: "folder",
              from: service.folder,
              to: `/app/${basename(service.folder)}`,
            } satisfies ImageFile,
          ]),
      certificateAuthorities(sources),
      NAME_SERVICES,
      ...USERS,
    ],
  };
}

/** A redis that keeps its data where its pod says. */
const redisImage = (program: string): Image => ({
  name: REDIS_IMAGE,
  entrypoint: ["/usr/bin/redis-server"],
  user: NONROOT,
  env: { PATH: "/usr/bin" },
  files: [{ kind: "program", from: program, to: "/usr/bin/redis-server" }, NAME_SERVICES, ...USERS],
});

function httpsImages(
  programs: Readonly<Record<HttpsProgram, string>>,
  sources: ImageSources,
): Image[] {
  const image = (name: string, program: HttpsProgram): Image => ({
    name,
    entrypoint: [`/app/${program}`],
    user: NONROOT,
    files: [
      { kind: "program", from: programs[program], to: `/app/${program}` },
      certificateAuthorities(sources),
      ...USERS,
    ],
  });
  return [
    ...CERT_MANAGER_PROGRAMS.map((program) =>
      image(`quay.io/jetstack/cert-manager-${program}:${certManagerTag}`, program),
    ),
    image(PEBBLE_IMAGE, "pebble"),
  ];
}

const OBSERVABILITY_IMAGES: Readonly<Record<ObservabilityProgram, string>> = {
  prometheus: PROMETHEUS_IMAGE,
  "kube-state-metrics": STATE_METRICS_IMAGE,
  jaeger: JAEGER_IMAGE,
};

/** Programs alone: Prometheus has no pages here, its API is all that the lab asks. */
const observabilityImages = (
  programs: Readonly<Record<ObservabilityProgram, string>>,
  sources: ImageSources,
): Image[] =>
  (Object.keys(OBSERVABILITY_IMAGES) as ObservabilityProgram[]).map((program) => ({
    name: OBSERVABILITY_IMAGES[program],
    entrypoint: [`/bin/${program}`],
    user: NONROOT,
    files: [
      { kind: "program", from: programs[program], to: `/bin/${program}` },
      certificateAuthorities(sources),
      NAME_SERVICES,
      ...USERS,
    ],
  }));

const certificateAuthorities = (sources: ImageSources): ImageFile => ({
  kind: "file",
  from: sources.certificateAuthorities,
  to: "/etc/ssl/certs/ca-certificates.crt",
});
