import { BINARY_NAMES, type BinaryName, type Toolchain } from "../../../../lab/cluster/toolchain";

/** A toolchain of which nothing exists. */
export const toolchain: Toolchain = {
  binaries: Object.fromEntries(BINARY_NAMES.map((name) => [name, `/cache/bin/${name}`])) as Record<
    BinaryName,
    string
  >,
  cniPlugins: "/cache/cni",
  env: { PATH: "/cache/bin:/usr/bin" },
  images: [],
};
