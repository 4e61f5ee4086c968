import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { cekKeys } from "../paths";

/** Makes the key by which requests prove to be CLOVA's, once in the life of a lab. */
export async function ensureCekKeys(): Promise<void> {
  if (existsSync(cekKeys.folder)) {
    return;
  }
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const unfinished = `${cekKeys.folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const write = (file: string, pem: string): Promise<void> =>
    writeFile(join(unfinished, basename(file)), pem, { mode: 0o600 });
  await write(cekKeys.privateKey, privateKey);
  await write(cekKeys.publicKey, publicKey);
  await rename(unfinished, cekKeys.folder);
}
