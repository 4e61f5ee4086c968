import { EAST_WEST_GATEWAY, SYSTEM_NAMESPACE } from "../../components/istio/constants";
import { loadBalancerAddress } from "../../components/istio/gateway-release";
import { THEATER } from "../../components/theater/constants";
import type { TheaterRoute } from "../../config/model";
import { watch } from "../scenario/answer";
import { call, type GatewayPod } from "../scenario/call";
import type { Stage } from "../scenario/disturb";
import { readRoute, sharesOf } from "../theater/live-route";
import { sameShares, sharesText } from "../theater/shares";
import {
  judgeCanary,
  judgePlacement,
  judgeProxies,
  judgeShares,
  type ClusterPods,
  type Seen,
} from "./judge";

/** What the list is gone through on. */
export interface Scene {
  readonly stages: readonly Stage[];
  readonly gateway: GatewayPod;
  readonly signal: AbortSignal;
}

/** One line of the list. */
export interface Item {
  readonly title: string;
  readonly look: (scene: Scene) => Promise<Seen>;
}

const REQUESTS = 200;
const PER_SECOND = 50;
const MARKED = 20;
/** How often a booking is looked for, until every cluster has been asked. */
const LOOKS = 40;
const PATHS = {
  "user-service": "/users/?limit=1",
  "movie-service": "/movies/?limit=1",
  "booking-service": "/bookings/?limit=1",
} as const;

/** The list for a theater with these routes, in the order in which one shows it. */
export const checklist = (routes: readonly TheaterRoute[]): readonly Item[] => [
  {
    title: "Every pod of the theater has its proxy, and is ready",
    look: async (scene) => judgeProxies(await podsOf(scene)),
  },
  {
    title: "The services run where they are placed",
    look: async (scene) => {
      const pods = await podsOf(scene);
      return judgePlacement(
        scene.stages.map(({ cluster, theater }, index) => ({
          cluster,
          theater,
          pods: pods[index]?.pods ?? [],
        })),
      );
    },
  },
  { title: "Every cluster has an east-west gateway with an address", look: gateways },
  { title: "A user, a movie and a booking are made, and a taken seat is refused", look: booking },
  ...routes.map((route): Item => ({
    title: `${route.service}: every cluster has the configured weights`,
    look: (scene) => weights(route, scene),
  })),
  ...routes.map((route): Item => ({
    title: `${route.service}: the requests are divided by them`,
    look: async ({ gateway, signal }) =>
      judgeShares(
        route,
        await watch(
          gateway,
          { paths: [PATHS[route.service]], requests: REQUESTS, perSecond: PER_SECOND },
          signal,
        ),
      ),
  })),
  ...routes.flatMap(({ service, canary }): Item[] =>
    canary === undefined
      ? []
      : [
          {
            title: `${service}: marked requests go to the canary`,
            look: async ({ gateway, signal }) =>
              judgeCanary(
                canary,
                await watch(
                  gateway,
                  {
                    paths: [PATHS[service]],
                    requests: MARKED,
                    perSecond: PER_SECOND,
                    headers: { [THEATER.canaryHeader]: "true" },
                  },
                  signal,
                ),
              ),
          },
        ],
  ),
];

const podsOf = ({ stages }: Scene): Promise<ClusterPods[]> =>
  Promise.all(
    stages.map(async ({ cluster, client }) => {
      const { items } = await client.core.listNamespacedPod({ namespace: THEATER.namespace });
      return {
        cluster,
        pods: items.filter(({ metadata }) => metadata?.deletionTimestamp === undefined),
      };
    }),
  );

async function gateways({ stages }: Scene): Promise<Seen> {
  const addresses = await Promise.all(
    stages.map(async ({ cluster, client }) => {
      const { status } = await client.core.readNamespacedService({
        namespace: SYSTEM_NAMESPACE,
        name: EAST_WEST_GATEWAY,
      });
      return { cluster, address: loadBalancerAddress(status) };
    }),
  );
  const without = addresses.filter(({ address }) => address === undefined);
  return without.length > 0
    ? { ok: false, what: `none in ${without.map(({ cluster }) => cluster).join(", ")}` }
    : {
        ok: true,
        what: addresses.map(({ cluster, address }) => `${cluster} ${address ?? ""}`).join(", "),
      };
}

/** The requests of the demo, and the booking as every cluster that answers has it. */
async function booking({ gateway, signal }: Scene): Promise<Seen> {
  const made = async (path: string, body: unknown): Promise<string> => {
    const { status, text } = await call(gateway, { path, body }, signal);
    if (status !== 201) {
      throw new Error(`POST ${path} was answered by ${status}`);
    }
    return (JSON.parse(text) as { id: string }).id;
  };
  const userId = await made("/users/", { name: "홍길동", email: "hong@example.com" });
  const movieId = await made("/movies/", { title: "어벤져스", genre: "액션", year: 2019 });
  const seats = { userId, movieId, seats: ["A1", "A2"] };
  const id = await made("/bookings/", seats);
  const again = await call(gateway, { path: "/bookings/", body: seats }, signal);
  if (again.status !== 409) {
    return { ok: false, what: `the second booking of a seat was answered by ${again.status}` };
  }
  const readers = new Set<string>();
  for (let look = 0; look < LOOKS; look++) {
    const { status, cluster } = await call(gateway, { path: `/bookings/${id}` }, signal);
    if (status !== 200) {
      return { ok: false, what: `${cluster ?? "nobody"} answers ${status} for the booking` };
    }
    readers.add(cluster ?? "?");
  }
  return { ok: true, what: `booking ${id}, read in ${[...readers].sort().join(" and ")}` };
}

async function weights({ service, weights: wanted }: TheaterRoute, { stages }: Scene) {
  const configured = Object.fromEntries(wanted.map(({ cluster, weight }) => [cluster, weight]));
  const live = await Promise.all(
    stages.map(async ({ cluster, client }) => ({
      cluster,
      shares: sharesOf(await readRoute(client, cluster, service)),
    })),
  );
  const other = live.find(({ shares }) => !sameShares(shares, configured));
  return other === undefined
    ? { ok: true, what: sharesText(configured) }
    : {
        ok: false,
        what: `${other.cluster} has ${sharesText(other.shares)} instead of ${sharesText(configured)}`,
      };
}
