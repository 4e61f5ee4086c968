import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { paths } from "../../lab/paths";

export interface RedisServer {
  readonly url: URL;
  readonly password: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const PASSWORD = "correct horse";

/** Debian's redis-server is a link to this one, from a package of its own: the name decides what it is. */
const PROGRAMS = ["redis-server", "redis-check-rdb"];

/** The lab's own redis-server, or the machine's. */
function findRedisServer(): string {
  const entries = existsSync(paths.cache) ? readdirSync(paths.cache) : [];
  const folders = [
    ...entries
      .filter((name) => name.startsWith("debian-"))
      .map((name) => join(paths.cache, name, "usr/bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  const file = folders
    .flatMap((folder) => PROGRAMS.map((program) => join(folder, program)))
    .find((program) => existsSync(program));
  assert(file, "needs a redis-server: npm run lab brings one");
  return file;
}

/** Starts a redis-server that keeps nothing, on loopback; `port` only to start one again. */
export async function startRedis(port?: number): Promise<RedisServer> {
  const program = findRedisServer();
  const libraries = join(program, "../../lib");
  const own = existsSync(libraries)
    ? readdirSync(libraries).map((name) => join(libraries, name))
    : [];
  const on = port ?? (await freePort());
  const child = spawn(
    program,
    ["--port", String(on), "--bind", "127.0.0.1", "--save", "", "--requirepass", PASSWORD],
    {
      argv0: "redis-server",
      env: {
        ...process.env,
        LD_LIBRARY_PATH: [...own, process.env["LD_LIBRARY_PATH"] ?? ""].join(":"),
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.includes("Ready to accept connections")) {
        resolve();
      }
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return {
    url: new URL(`redis://127.0.0.1:${on}`),
    password: PASSWORD,
    process: child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await once(child, "close");
      }
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
