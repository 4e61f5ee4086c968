import assert from "node:assert/strict";
import type { Registered } from "../../../support/record";
import { runClusterStack } from "../../../support/run-stack";

const NAMES = ["ncloud", "nhn"];
const HOST = "bookinfo.example.com";

const runs = new Map<string, Promise<Registered[]>>();

/** Each stack and configuration runs once, however many tests look at it. */
function run(
  stack: string,
  bookinfo: Readonly<Record<string, unknown>> = {},
): Promise<Registered[]> {
  const key = JSON.stringify([stack, bookinfo]);
  const known = runs.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = runClusterStack(NAMES, stack, {
    config: { bookinfo: { enabled: true, ...bookinfo } },
  });
  runs.set(key, made);
  return made;
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
}
const metadataOf = ({ inputs }: Registered) => inputs["metadata"] as Metadata;

const find = (resources: readonly Registered[], kind: string, name: string): Registered =>
  resources.find(
    (resource) => resource.type.endsWith(`:${kind}`) && metadataOf(resource).name === name,
  ) ?? assert.fail(`no ${kind} ${name}`);

const specOf = <T>(resource: Registered): T => resource.inputs["spec"] as T;

interface Deployment {
  readonly template: {
    readonly spec: {
      readonly containers: readonly [
        {
          readonly image: string;
          readonly env: readonly { readonly name: string; readonly value: string }[];
        },
      ];
    };
  };
}
const containerOf = (resource: Registered) =>
  specOf<Deployment>(resource).template.spec.containers[0];
const envOf = (resource: Registered): Record<string, string> =>
  Object.fromEntries(containerOf(resource).env.map(({ name, value }) => [name, value]));

interface Route {
  readonly destination: { readonly host: string; readonly subset?: string };
  readonly weight?: number;
}
interface VirtualService {
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly http: readonly { readonly match?: unknown; readonly route: readonly Route[] }[];
}

const REVIEWS = "reviews.bookinfo.svc.cluster.local";

describe("Bookinfo", () => {
  it("tells every pod its cluster's name, which the sample's answers say", async () => {
    for (const stack of NAMES) {
      const resources = await run(stack);
      const deployments = resources.filter(
        (resource) =>
          resource.type.endsWith(":Deployment") && metadataOf(resource).namespace === "bookinfo",
      );
      assert(deployments.length >= 2);
      for (const deployment of deployments) {
        assert.equal(envOf(deployment)["CLUSTER_NAME"], stack);
      }
    }
  });

  it("has the same Services in every cluster, so that each finds the pods of the other", async () => {
    for (const stack of NAMES) {
      const resources = await run(stack);
      for (const name of ["productpage", "details", "ratings", "reviews"]) {
        const { ports } = specOf<{ ports: { port: number; name: string }[] }>(
          find(resources, "Service", name),
        );
        assert.deepEqual(
          ports.map(({ port, name: protocol }) => [port, protocol]),
          [[9080, "http"]],
        );
      }
    }
  });

  it("shares reviews in one rule that sidecars obey, the same in every cluster", async () => {
    for (const stack of NAMES) {
      const { hosts, gateways, http } = specOf<VirtualService>(
        find(await run(stack), "VirtualService", "reviews"),
      );
      assert.deepEqual(hosts, [REVIEWS]);
      assert.deepEqual(gateways, ["mesh"]);
      assert.equal(http.length, 1);
      assert.deepEqual(
        http[0]?.route.map(({ destination, weight }) => [
          destination.host,
          destination.subset,
          weight,
        ]),
        [
          [REVIEWS, "v1", 30],
          [REVIEWS, "v2", 70],
        ],
      );
    }
  });

  it("gives version 1 no stars, 2 black ones and 3 red ones, whatever image they run", async () => {
    const resources = await run("ncloud", {
      placement: {
        "reviews-v1": ["ncloud"],
        "reviews-v2": ["ncloud"],
        "reviews-v3": ["ncloud"],
      },
      images: { "reviews-v3": "example.com/all-in-one:1.0" },
    });
    const stars = ["v1", "v2", "v3"].map((version) => {
      const env = envOf(find(resources, "Deployment", `reviews-${version}`));
      return [env["ENABLE_RATINGS"], env["STAR_COLOR"]];
    });
    assert.deepEqual(stars, [
      ["false", undefined],
      ["true", "black"],
      ["true", "red"],
    ]);
    assert.equal(
      containerOf(find(resources, "Deployment", "reviews-v3")).image,
      "example.com/all-in-one:1.0",
    );
  });

  it("opens the page's host at the ingress gateway, but not what only the mesh should read", async () => {
    const resources = await run("ncloud", { host: HOST, entry: "http" });
    const { servers } = specOf<{ servers: { hosts: string[] }[] }>(
      find(resources, "Gateway", "bookinfo"),
    );
    assert.deepEqual(
      servers.flatMap(({ hosts }) => hosts),
      [`./${HOST}`],
    );
    const { http } = specOf<VirtualService>(find(resources, "VirtualService", "bookinfo"));
    const paths = JSON.stringify(http.map(({ match }) => match));
    assert.match(paths, /"\/productpage"/);
    assert.doesNotMatch(paths, /"prefix":"\/"|metrics|health/);
    const other = await run("nhn", { host: HOST, entry: "http" });
    assert(!other.some((r) => r.type.endsWith(":Gateway") && metadataOf(r).name === "bookinfo"));
  });
});

describe("Bookinfo's public host", () => {
  it("enters by HTTPS unless told otherwise, by a Gateway that is there", async () => {
    const resources = await runClusterStack(NAMES, "ncloud", {
      config: {
        bookinfo: { enabled: true, host: HOST },
        https: { email: "operator@example.com" },
      },
    });
    const { gateways } = specOf<VirtualService>(find(resources, "VirtualService", "bookinfo"));
    const served = gateways.map((gateway) => {
      const [namespace, name] = gateway.split("/");
      assert.equal(namespace, "istio-system");
      return specOf<{ servers: { port: { protocol: string }; hosts: string[] }[] }>(
        find(resources, "Gateway", name ?? ""),
      ).servers.map(({ port, hosts }) => [port.protocol, hosts.includes(`bookinfo/${HOST}`)]);
    });
    assert.deepEqual(served, [[["HTTPS", true]]]);
  });
});

describe("Bookinfo with a cluster that is reachable only by address", () => {
  const addresses = { nhn: "192.0.2.2" };
  const BY_ADDRESS = "reviews-v2.bookinfo.global";

  it("calls it through a ServiceEntry of its gateway, under a host of its own", async () => {
    const resources = await run("ncloud", { addresses });
    const entry = specOf<{
      hosts: string[];
      resolution: string;
      endpoints: { address: string; ports: object }[];
    }>(find(resources, "ServiceEntry", "reviews-v2-by-address"));
    assert.deepEqual(entry.hosts, [BY_ADDRESS]);
    assert.equal(entry.resolution, "STATIC");
    assert.deepEqual(entry.endpoints, [{ address: "192.0.2.2", ports: { http: 15443 } }]);
    const { http } = specOf<VirtualService>(find(resources, "VirtualService", "reviews"));
    assert.deepEqual(
      http[0]?.route.map(({ destination, weight }) => [destination.host, weight]),
      [
        [REVIEWS, 30],
        [BY_ADDRESS, 70],
      ],
    );
  });

  it("resolves it by DNS where the address is a name", async () => {
    const resources = await run("ncloud", { addresses: { nhn: "gw.example.com" } });
    const { resolution } = specOf<{ resolution: string }>(
      find(resources, "ServiceEntry", "reviews-v2-by-address"),
    );
    assert.equal(resolution, "DNS");
  });

  it("accepts nobody there but the reviews of the mesh", async () => {
    const { trafficPolicy } = specOf<{ trafficPolicy: { tls: Record<string, unknown> } }>(
      find(await run("ncloud", { addresses }), "DestinationRule", "reviews-v2-by-address"),
    );
    assert.deepEqual(trafficPolicy.tls, {
      mode: "ISTIO_MUTUAL",
      sni: BY_ADDRESS,
      subjectAltNames: ["spiffe://cluster.local/ns/bookinfo/sa/bookinfo-reviews"],
    });
  });

  it("lets that host in on the other side, unopened, and to that version alone", async () => {
    const resources = await run("nhn", { addresses });
    const { servers } = specOf<{
      servers: { tls: { mode: string }; hosts: string[]; port: { number: number } }[];
    }>(find(resources, "Gateway", "reviews-passthrough"));
    assert.deepEqual(
      servers.map(({ tls, hosts, port }) => [tls.mode, hosts, port.number]),
      [["PASSTHROUGH", [BY_ADDRESS], 15443]],
    );
    const { tls } = specOf<{ tls: { match: { sniHosts: string[] }[]; route: Route[] }[] }>(
      find(resources, "VirtualService", "reviews-passthrough"),
    );
    assert.deepEqual(
      tls.map(({ match, route }) => [
        match.flatMap(({ sniHosts }) => sniHosts),
        route.map(({ destination }) => destination.subset),
      ]),
      [[[BY_ADDRESS], ["v2"]]],
    );
  });
});
