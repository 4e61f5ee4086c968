import { connect } from "node:tls";
import { isIP } from "node:net";
import { hostOf } from "../addresses";
import { clusterCheck, ok, type Verdict, type View } from "../check";

const TIMEOUT_MS = 5000;
const ROOT_CA = "/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt";

/** What became of a TLS handshake with a peer's API server, as its istiod would do it. */
export type Handshake =
  | { readonly result: "verified" }
  | { readonly result: "untrusted" | "unreachable"; readonly reason: string };

export const peerApiServer = clusterCheck({
  name: "peer-api-server",
  severity: "error",
  what: "Whether the address that a peer's istiod is given answers with a certificate that the cluster's own CA has signed for it",
  why: "istiod verifies it against the CA of the reader's token; where that fails, the peer never gets in sync and its services are not seen.",
  fix: "Set apiServer of the cluster in mesh:clusters to an address that its certificate names.",
  link: "https://istio.io/latest/docs/setup/install/multicluster/before-you-begin/#api-server-access",
  access: ["managed"],
  async gather({ api, config, cluster }) {
    const ca = await api.read<{ data?: Record<string, string> }>(ROOT_CA);
    const peer = config.peers.find((one) => one.cluster.id === cluster.id);
    const server = peer?.kind === "managed" ? peer.server : "";
    return { server, handshake: await shakeHands(server, ca?.data?.["ca.crt"]) };
  },
  judge: judgeHandshake,
});

interface Facts {
  readonly server: string;
  readonly handshake: Handshake;
}

export function judgeHandshake(
  { server, handshake }: Facts,
  { cluster, config }: Pick<View, "cluster" | "config">,
): Verdict[] {
  const { id } = config.self;
  switch (handshake.result) {
    case "verified":
      return [
        ok(
          `${server} answers this machine with a certificate of its cluster; from inside ${id} only npm run mesh -- check proves it.`,
        ),
      ];
    case "untrusted":
      return [
        {
          severity: "error",
          what: `${server} shows a certificate that ${id}'s istiod will not take for ${cluster.id}'s: ${handshake.reason}.`,
        },
      ];
    case "unreachable":
      return [
        {
          severity: "warning",
          what: `${server} doesn't answer this machine: ${handshake.reason}.`,
          why: `Where ${id}'s nodes don't reach it either, its istiod never gets in sync with ${cluster.id}.`,
          fix: `Let the addresses of ${id}'s nodes through ${cluster.id}'s API access list; npm run mesh -- check proves it from inside.`,
        },
      ];
  }
}

/** @param ca PEM bundle; the system's own where the cluster doesn't show one */
function shakeHands(server: string, ca: string | undefined): Promise<Handshake> {
  const host = hostOf(server);
  const port = Number(new URL(server).port || 443);
  return new Promise((resolve) => {
    const end = (handshake: Handshake): void => {
      socket.destroy();
      resolve(handshake);
    };
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca && { ca }),
    });
    socket.setTimeout(TIMEOUT_MS, () =>
      end({ result: "unreachable", reason: `no answer within ${TIMEOUT_MS / 1000} s` }),
    );
    socket.once("secureConnect", () => end({ result: "verified" }));
    socket.once("error", (error: NodeJS.ErrnoException) =>
      end({
        result: error.syscall === undefined ? "untrusted" : "unreachable",
        reason: error.message,
      }),
    );
  });
}
