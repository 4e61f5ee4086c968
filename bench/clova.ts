import type { Result } from "autocannon";
import type { ChildProcess } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleRequest } from "../apps/clova/src/sign-command/sample-request";
import { sign } from "../apps/clova/src/signature/sign";
import { isSigned, SIGNATURE_HEADER } from "../apps/clova/src/signature/verify";
import { clovaBundle, echoBundle, sizes } from "./clova-bundles";
import { compare, type Round, type Side } from "./clova-rounds";
import { cpuMicroseconds, onCore, runOnCore, twoCores } from "./cores";
import { freePorts, load, untilAnswered } from "./http-load";
import { round } from "./run";

const ROUNDS = 9;
const SECONDS_PER_ROUND = 1;
/** As many for each server, so that all of its code is compiled. */
const WARM_UP_REQUESTS = 10_000;
const CONNECTIONS = 20;
/** More users at once than an extension of this kind ever has, and far from what it can do. */
const STEADY_RATE = 200;
const STEADY_SECONDS = 5;
const APPLICATION_ID = "com.example.mrdebugger";

interface Server {
  readonly port: number | undefined;
  readonly process: ChildProcess;
}

/**
 * Signed requests to the Clova extension, bundled as it is in its image, beside the same requests to
 * a bare Fastify server that parses and echoes their bodies, and to one that verifies them first: by
 * turns, each in a process of its own, all on one core, with the load on another. Needs no cluster.
 */
export async function benchClova(): Promise<object> {
  const [echoPort, verifyingPort, clovaPort, managementPort] = await freePorts(4);
  const { measured, loading } = twoCores();
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const body = Buffer.from(
    JSON.stringify(
      sampleRequest("intent", {
        applicationId: APPLICATION_ID,
        intent: "AnotherTipRequested",
        now: new Date(),
      }),
    ),
  );
  const folder = await mkdtemp(join(tmpdir(), "clova-bench-"));
  const [clovaProgram, echoProgram] = [join(folder, "clova.js"), join(folder, "echo.js")];
  const bundle = await clovaBundle();
  await writeFile(clovaProgram, bundle.programs[0].text);
  await writeFile(echoProgram, await echoBundle());
  const echo: Server = {
    port: echoPort,
    process: runOnCore(measured, echoProgram, [String(echoPort)]),
  };
  const verifying: Server = {
    port: verifyingPort,
    process: runOnCore(measured, echoProgram, [String(verifyingPort), pem]),
  };
  const clova: Server = {
    port: clovaPort,
    process: runOnCore(measured, clovaProgram, [], {
      PORT: String(clovaPort),
      MANAGEMENT_PORT: String(managementPort),
      CLOVA_APPLICATION_IDS: APPLICATION_ID,
      CLOVA_PUBLIC_KEY: pem,
      CLOVA_RATE_LIMIT: "1000000000",
      // The same request again and again: none is to be answered from memory.
      CLOVA_REPLAY_SECONDS: "0",
    }),
  };
  const servers = [echo, verifying, clova];
  const headers = {
    "content-type": "application/json",
    [SIGNATURE_HEADER]: sign(body, privateKey),
  };
  const post = ({ port }: Server, rate: object): Promise<Result> =>
    load({
      url: `http://127.0.0.1:${port}/`,
      method: "POST",
      headers,
      body,
      connections: CONNECTIONS,
      ...rate,
    });
  const saturate = async (server: Server): Promise<Side> => {
    const before = await cpuOf(server);
    const { requests, latency } = await post(server, { duration: SECONDS_PER_ROUND });
    const cpu = ((await cpuOf(server)) - before) / requests.total;
    return { perSecond: requests.average, p99: latency.p99, cpu };
  };
  try {
    await Promise.all(servers.map(({ port }) => untilAnswered(`http://127.0.0.1:${port}/health`)));
    return await onCore(loading, async () => {
      for (const server of servers) {
        await post(server, { amount: WARM_UP_REQUESTS });
      }
      const rounds: Round[] = [];
      for (let done = 0; done < ROUNDS; done++) {
        rounds.push({
          clova: await saturate(clova),
          verifying: await saturate(verifying),
          echo: await saturate(echo),
        });
      }
      const steady = await post(clova, { overallRate: STEADY_RATE, duration: STEADY_SECONDS });
      return {
        webhook: {
          connections: CONNECTIONS,
          ...compare(rounds),
          verificationCpuMicroseconds: round(verificationCpu(body, privateKey, publicKey), 0),
        },
        steady: {
          requestsPerSecond: STEADY_RATE,
          p50Milliseconds: steady.latency.p50,
          p99Milliseconds: steady.latency.p99,
        },
        ...(await sizes(bundle)),
      };
    });
  } finally {
    servers.forEach((server) => server.process.kill("SIGKILL"));
    await rm(folder, { recursive: true, force: true });
  }
}

const cpuOf = ({ process: { pid } }: Server): Promise<number> => cpuMicroseconds(pid ?? NaN);

const VERIFICATIONS = 5000;

/** Processor time of one RSA verification alone, microseconds: nothing makes it less. */
function verificationCpu(body: Buffer, privateKey: KeyObject, publicKey: KeyObject): number {
  const signature = Buffer.from(sign(body, privateKey), "base64");
  const before = process.cpuUsage();
  for (let count = 0; count < VERIFICATIONS; count += 1) {
    isSigned(body, signature, [publicKey]);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / VERIFICATIONS;
}
