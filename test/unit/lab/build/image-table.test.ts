import assert from "node:assert/strict";
import { imageTable, type Image, type ImageSources } from "../../../../lab/build/image-table";
import {
  certManagerTag,
  istioTag,
  JAEGER_IMAGE,
  PEBBLE_IMAGE,
  PROMETHEUS_IMAGE,
  REDIS_IMAGE,
  STATE_METRICS_IMAGE,
} from "../../../../lab/build/versions";

const sources: ImageSources = {
  programs: {
    "install-cni": "/c/install-cni",
    "istio-cni": "/c/istio-cni",
    coredns: "/c/coredns",
    envoy: "/c/envoy",
    iptables: "/c/xtables-nft-multi",
    node: "/usr/bin/node",
    pause: "/c/pause",
    "pilot-agent": "/c/pilot-agent",
    "pilot-discovery": "/c/pilot-discovery",
  },
  https: {
    acmesolver: "/c/acmesolver",
    cainjector: "/c/cainjector",
    controller: "/c/controller",
    startupapicheck: "/c/startupapicheck",
    webhook: "/c/webhook",
    pebble: "/c/pebble",
  },
  observability: {
    prometheus: "/c/prometheus",
    "kube-state-metrics": "/c/kube-state-metrics",
    jaeger: "/c/jaeger",
  },
  nodeBuiltins: ["/usr/share/nodejs/undici.js"],
  xtables: { from: "/c/xtables", to: "/usr/lib/x/xtables" },
  envoyBootstrap: "/c/envoy_bootstrap.json",
  certificateAuthorities: "/etc/ssl/certs/ca-certificates.crt",
  services: [
    {
      name: "one",
      version: "9.9.9",
      programs: [
        { file: "server.js", text: "serve()" },
        { file: "client.js", text: "ask()" },
      ],
    },
    { name: "two", version: "1.2.3", programs: [{ file: "main.js", text: "main()" }] },
    {
      name: "many",
      version: "4.5.6",
      programs: [
        { file: "first.js", text: "first()" },
        { file: "second.js", text: "second()" },
      ],
      folder: "/c/page",
      imagesOf: "several",
    },
  ],
  redis: "/c/redis-check-rdb",
};

describe("images of the lab", () => {
  const images = imageTable(sources);
  const image = (name: string): Image => {
    const found = images.find((each) => each.name.includes(`/${name}:`) || each.name === name);
    return found ?? assert.fail(`no image ${name}`);
  };

  it("are named as pods of the clusters and of Istio's charts name them", () => {
    assert.deepEqual(
      images.map(({ name }) => name),
      [
        "registry.k8s.io/pause:3.10",
        "registry.k8s.io/coredns/coredns:v1.12.2",
        `docker.io/istio/pilot:${istioTag}`,
        `docker.io/istio/proxyv2:${istioTag}`,
        `docker.io/istio/install-cni:${istioTag}`,
        `quay.io/jetstack/cert-manager-acmesolver:${certManagerTag}`,
        `quay.io/jetstack/cert-manager-cainjector:${certManagerTag}`,
        `quay.io/jetstack/cert-manager-controller:${certManagerTag}`,
        `quay.io/jetstack/cert-manager-startupapicheck:${certManagerTag}`,
        `quay.io/jetstack/cert-manager-webhook:${certManagerTag}`,
        PEBBLE_IMAGE,
        PROMETHEUS_IMAGE,
        STATE_METRICS_IMAGE,
        JAEGER_IMAGE,
        "istio-multicloud/one:9.9.9",
        "istio-multicloud/two:1.2.3",
        "several/first:4.5.6",
        "several/second:4.5.6",
        REDIS_IMAGE,
      ],
    );
  });

  it("differ in what they start where a service has several, and hold what their programs read", () => {
    const [first, second] = [image("first"), image("second")];
    assert.deepEqual(
      [first.entrypoint[1], second.entrypoint[1]],
      ["/app/first.js", "/app/second.js"],
    );
    assert.deepEqual(first.files, second.files);
    assert(first.files.some(({ kind, to }) => kind === "folder" && to === "/app/page"));
  });

  it("are that of redis only where there is a theater", () => {
    const names = imageTable({ ...sources, redis: undefined }).map(({ name }) => name);
    assert(!names.includes(REDIS_IMAGE));
  });

  it("are those of what observes only where that is asked for", () => {
    const names = imageTable({ ...sources, observability: undefined }).map(({ name }) => name);
    assert.deepEqual(
      images.map(({ name }) => name).filter((name) => !names.includes(name)),
      [PROMETHEUS_IMAGE, STATE_METRICS_IMAGE, JAEGER_IMAGE],
    );
  });

  it("are those of cert-manager only where there are public hosts", () => {
    const names = imageTable({ ...sources, https: undefined }).map(({ name }) => name);
    assert.deepEqual(
      names,
      images.map(({ name }) => name).filter((name) => !/cert-manager|pebble/.test(name)),
    );
  });

  it("start a program that they hold", () => {
    for (const { name, entrypoint, files } of images) {
      const held = files.map(({ to }) => to);
      for (const path of entrypoint) {
        assert.ok(held.includes(path), `${name} has no ${path}`);
      }
    }
  });

  it("never take users or accounts of the host", () => {
    for (const { name, files } of images) {
      const taken = files.filter((file) => "from" in file && file.from.startsWith("/etc/"));
      assert.deepEqual(
        taken.map(({ to }) => to).filter((path) => path !== "/etc/ssl/certs/ca-certificates.crt"),
        [],
        name,
      );
    }
  });

  it("run as a user with a name, unless the pod has to say", () => {
    for (const name of ["pilot", "proxyv2", "one", "two"]) {
      const { user, files } = image(name);
      const passwd = files.find(({ to }) => to === "/etc/passwd");
      assert.ok(passwd?.kind === "text");
      assert.match(passwd.text, new RegExp(`^[a-z-]+:x:${user ?? "?"}:`, "m"));
    }
  });

  it("give the proxy iptables under all its names, Envoy and the bootstrap template", () => {
    const paths = image("proxyv2").files.map(({ to }) => to);
    for (const path of [
      "/usr/local/bin/envoy",
      "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json",
      "/usr/sbin/iptables-restore",
      "/usr/sbin/ip6tables-save",
      "/usr/lib/x/xtables",
    ]) {
      assert.ok(paths.includes(path), path);
    }
  });

  it("give every service its programs, and start the first", () => {
    const { entrypoint, files } = image("one");
    assert.deepEqual(entrypoint, ["/usr/local/bin/node", "/app/server.js"]);
    assert.deepEqual(
      files.flatMap((file) => (file.kind === "text" && /^\/app\//.test(file.to) ? [file] : [])),
      [
        { kind: "text", text: "serve()", to: "/app/server.js" },
        { kind: "text", text: "ask()", to: "/app/client.js" },
      ],
    );
    assert.deepEqual(image("two").entrypoint, ["/usr/local/bin/node", "/app/main.js"]);
  });

  it("give the services what this Node.js keeps outside itself", () => {
    for (const name of ["one", "two"]) {
      assert.ok(
        image(name).files.some(({ to }) => to === "/usr/share/nodejs/undici.js"),
        name,
      );
    }
  });
});
