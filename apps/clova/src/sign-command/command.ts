import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SAMPLES, sampleRequest, type SampleName } from "./sample-request";
import { sign } from "../signature/sign";
import { SIGNATURE_HEADER } from "../signature/verify";

/** What is wrong with the command line, in one sentence. */
export class UsageError extends Error {}

const USAGE = `usage: npm run clova:sign -- --key FILE [options]

Makes a request as CLOVA would, signs it with a key of your own, and sends it, or prints the curl
command that does. The service has to be given the public key: CLOVA_PUBLIC_KEY_FILE=FILE.pub.

  --key FILE            private key, PEM
  --create              make FILE, and FILE.pub with the public key, first
  --application-id ID   the extension's id (com.example.mrdebugger)
  --request KIND        ${Object.keys(SAMPLES).join(", ")} (launch)
  --intent NAME         of an intent's request (AnotherTipRequested)
  --body FILE           a request of your own instead
  --url URL             send it there`;

const HEADERS = { "content-type": "application/json;charset=UTF-8" };
const TIMEOUT_MILLISECONDS = 8000;

/**
 * `npm run clova:sign`.
 *
 * @param args of the command line
 * @param print gets the command's output, without its last line break
 * @returns exit code: 0, or 1 when the extension refused the request
 * @throws UsageError when the command can't do what it is told
 */
export async function runSign(
  args: readonly string[],
  print: (text: string) => void,
): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    print(USAGE);
    return 0;
  }
  if (options.key === undefined) {
    throw new UsageError("There is no key to sign with: write --key FILE, and see --help.");
  }
  if (options.create) {
    createKeys(options.key);
  }
  const key = readKey(options.key);
  const body = options.body === undefined ? sampleBody(options) : readFile(options.body);
  const headers = { ...HEADERS, [SIGNATURE_HEADER]: sign(body, key) };
  if (options.url === undefined) {
    print(curl(headers, body));
    return 0;
  }
  const response = await send(urlOf(options.url), headers, body);
  print(`${response.status} ${response.headers.get("content-type") ?? ""}`);
  print(await response.text());
  return response.ok ? 0 : 1;
}

type Options = ReturnType<typeof readOptions>;

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h", default: false },
        key: { type: "string" },
        create: { type: "boolean", default: false },
        "application-id": { type: "string", default: "com.example.mrdebugger" },
        request: { type: "string", default: "launch" },
        intent: { type: "string", default: "AnotherTipRequested" },
        body: { type: "string" },
        url: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}: see --help.`);
  }
}

function createKeys(file: string): void {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  try {
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
    writeFileSync(`${file}.pub`, publicKey.export({ type: "spki", format: "pem" }));
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError(
      code === "EEXIST"
        ? `${file} is there already: leave out --create, or name another file.`
        : `${file} can't be written (${code}).`,
    );
  }
}

function readKey(file: string): KeyObject {
  const pem = readFile(file);
  try {
    return createPrivateKey(pem);
  } catch {
    throw new UsageError(`${file} holds no private key in PEM: make one with --create.`);
  }
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} can't be read (${codeOf(error)}).`);
  }
}

const sampleBody = (options: Options): Buffer =>
  Buffer.from(
    JSON.stringify(
      sampleRequest(sampleName(options.request), {
        applicationId: options["application-id"],
        intent: options.intent,
        now: new Date(),
      }),
    ),
  );

function sampleName(text: string): SampleName {
  if (!Object.hasOwn(SAMPLES, text)) {
    throw new UsageError(
      `There is no request "${text}": write ${Object.keys(SAMPLES).join(", ")}.`,
    );
  }
  return text as SampleName;
}

function urlOf(text: string): URL {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new UsageError(`"${text}" is no URL: write one that begins with https:// or http://.`);
  }
  return new URL(text);
}

/** Quoted for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const curl = (headers: Readonly<Record<string, string>>, body: Buffer): string =>
  [
    "curl --request POST",
    ...Object.entries(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    `--data-binary ${quoted(body.toString())}`,
    "URL",
  ].join(" \\\n  ");

async function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<Response> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  try {
    return await fetch(url, { method: "POST", headers, body, signal });
  } catch (error) {
    const { cause } = error as Error;
    throw new UsageError(`${url.origin} gave no answer (${codeOf(cause ?? error)}).`);
  }
}

/** `ENOENT` and the like, or the error's name. */
const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error as Error).name;
