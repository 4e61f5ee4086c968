import type { Result } from "autocannon";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { sampleRequest } from "../apps/clova/src/sign-command/sample-request";
import { sign } from "../apps/clova/src/signature/sign";
import { isSigned, SIGNATURE_HEADER } from "../apps/clova/src/signature/verify";
import { imageArchives, NO_EXTRAS, serviceImage } from "../lab/build";
import { bundleService, SERVICES, type ServiceBundle } from "../lab/build/services";
import { freePorts, load, runServer, untilAnswered } from "./http-load";
import { median, round } from "./run";

const ROUNDS = 7;
const SECONDS_PER_ROUND = 1;
const CONNECTIONS = 20;
/** More users at once than an extension of this kind ever has, and far from what it can do. */
const STEADY_RATE = 200;
const STEADY_SECONDS = 5;
const APPLICATION_ID = "com.example.mrdebugger";

/** One round of one server. */
interface Side {
  readonly perSecond: number;
  /** 99th percentile of the latency, milliseconds. */
  readonly p99: number;
  /** What the server's process took for a request, microseconds: hardly depends on what else runs. */
  readonly cpu: number;
}

/** One round of each, one after the other. */
interface Round {
  readonly clova: Side;
  readonly verifying: Side;
  readonly echo: Side;
}

interface Server {
  readonly port: number | undefined;
  readonly pid: number | undefined;
}

/**
 * Signed requests to the Clova extension, bundled as it is in its image, beside the same bodies to a
 * bare Fastify server that parses and echoes them, and to one that verifies them first; by turns and
 * each in a process of its own. Needs
 * no cluster.
 */
export async function benchClova(): Promise<object> {
  const [echoPort, verifyingPort, clovaPort, managementPort] = await freePorts(4);
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
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
  const program = join(folder, "server.js");
  await writeFile(program, (await clovaBundle()).programs[0].text);
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const echoProgram = join(__dirname, "clova-echo.ts");
  const children = [
    runServer(echoProgram, [String(echoPort)]),
    runServer(echoProgram, [String(verifyingPort), pem]),
    runServer(program, [], {
      PORT: String(clovaPort),
      MANAGEMENT_PORT: String(managementPort),
      CLOVA_APPLICATION_IDS: APPLICATION_ID,
      CLOVA_PUBLIC_KEY: pem,
      CLOVA_RATE_LIMIT: "1000000000",
      // The same request again and again: none is to be answered from memory.
      CLOVA_REPLAY_SECONDS: "0",
    }),
  ];
  const [echo, verifying, clova] = [
    { port: echoPort, pid: children[0]?.pid },
    { port: verifyingPort, pid: children[1]?.pid },
    { port: clovaPort, pid: children[2]?.pid },
  ];
  const post = ({ port }: Server, rate: object): Promise<Result> =>
    load({
      url: `http://127.0.0.1:${port}/`,
      method: "POST",
      headers: { "content-type": "application/json", [SIGNATURE_HEADER]: sign(body, privateKey) },
      body,
      connections: CONNECTIONS,
      ...rate,
    });
  const saturate = async (server: Server): Promise<Side> => {
    const before = await cpuMicroseconds(server);
    const { requests, latency } = await post(server, { duration: SECONDS_PER_ROUND });
    const cpu = ((await cpuMicroseconds(server)) - before) / requests.total;
    return { perSecond: requests.average, p99: latency.p99, cpu };
  };
  try {
    const servers = [echo, verifying, clova];
    await Promise.all(servers.map(({ port }) => untilAnswered(`http://127.0.0.1:${port}/health`)));
    // Both are compiled by then.
    await saturate(echo);
    await saturate(verifying);
    await saturate(clova);
    const rounds: Round[] = [];
    for (let done = 0; done < ROUNDS; done++) {
      rounds.push({
        clova: await saturate(clova),
        verifying: await saturate(verifying),
        echo: await saturate(echo),
      });
    }
    const middle = (figure: (round: Round) => number, digits = 2): number =>
      round(median(rounds.map(figure)), digits);
    const steady = await post(clova, { overallRate: STEADY_RATE, duration: STEADY_SECONDS });
    return {
      webhook: {
        connections: CONNECTIONS,
        rounds: ROUNDS,
        clovaRequestsPerSecond: middle(({ clova }) => clova.perSecond, 0),
        echoRequestsPerSecond: middle(({ echo }) => echo.perSecond, 0),
        // Of each round: what slows a round down slows both sides down.
        clovaToEcho: middle(({ clova, echo }) => clova.perSecond / echo.perSecond),
        // What verification alone leaves of the echo, with nothing of an extension.
        verifyingEchoToEcho: middle(({ verifying, echo }) => verifying.perSecond / echo.perSecond),
        clovaToVerifyingEcho: middle(
          ({ clova, verifying }) => clova.perSecond / verifying.perSecond,
        ),
        clovaCpuMicroseconds: middle(({ clova }) => clova.cpu, 0),
        verifyingEchoCpuMicroseconds: middle(({ verifying }) => verifying.cpu, 0),
        echoCpuMicroseconds: middle(({ echo }) => echo.cpu, 0),
        verificationCpuMicroseconds: round(verificationCpu(body, privateKey, publicKey), 0),
        clovaP99Milliseconds: middle(({ clova }) => clova.p99),
        echoP99Milliseconds: middle(({ echo }) => echo.p99),
      },
      steady: {
        requestsPerSecond: STEADY_RATE,
        p50Milliseconds: steady.latency.p50,
        p99Milliseconds: steady.latency.p99,
      },
      ...(await sizes()),
    };
  } finally {
    children.forEach((child) => child.kill("SIGKILL"));
    await rm(folder, { recursive: true, force: true });
  }
}

/** A tick of a process's time in /proc (USER_HZ, 100 on every Linux that Node.js runs on). */
const TICK_MICROSECONDS = 10_000;

/** Processor time that a process has taken so far (proc_pid_stat(5), utime and stime). */
async function cpuMicroseconds({ pid }: Server): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return TICK_MICROSECONDS * (Number(fields[11]) + Number(fields[12]));
}

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

async function clovaBundle(): Promise<ServiceBundle> {
  const service = SERVICES.find(({ name }) => name === "clova");
  if (service === undefined) {
    throw new Error("The lab has no service called clova");
  }
  return bundleService(service);
}

/** Of the image nothing where the lab has not built it; most of it is Node.js. */
async function sizes(): Promise<object> {
  const { programs } = await clovaBundle();
  const text = programs.map((program) => program.text).join("");
  const images = await imageArchives(NO_EXTRAS).catch(() => []);
  const name = images.length > 0 ? serviceImage("clova", images) : undefined;
  const archive = images.find((image) => image.name === name)?.archive;
  return {
    bundleKibibytes: round(Buffer.byteLength(text) / 1024, 0),
    bundleGzipKibibytes: round(gzipSync(text).length / 1024, 0),
    ...(archive !== undefined &&
      existsSync(archive) && { imageMebibytes: round(statSync(archive).size / 2 ** 20, 1) }),
  };
}
