import {
  readServiceSettings,
  SettingsError,
  type Environment,
  type ServiceSettings,
} from "@istio-multicloud/service-kit";
import type { LoadedKeys } from "./signature/key-loader";
import { KeyError, parsePublicKeys } from "./signature/public-keys";

const SECOND = 1000;
const DAY_SECONDS = 86_400;

/** Where the developer guide has CEK's key. */
const CEK_KEY_URL = "https://clova.ai/.well-known/signature-public-key.pem";

/** Where the keys come from that sign requests. */
export type KeySettings =
  | { readonly from: "text"; readonly loaded: LoadedKeys }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "url"; readonly url: URL };

export interface Settings {
  readonly service: ServiceSettings;
  /** Extensions that we answer for, by their ids in the CLOVA developer console. */
  readonly applicationIds: readonly string[];
  readonly keys: KeySettings;
  readonly keyTimeoutMilliseconds: number;
  /** Keys are looked for anew after this time, while the old ones are in use. */
  readonly keyMilliseconds: number;
  /** From a request's headers to its answer. */
  readonly deadlineMilliseconds: number;
  /** How long a request may be repeated for its first answer, and how old one may be; 0 is ever. */
  readonly replayMilliseconds: number;
  /** Requests per minute and client address. */
  readonly rateLimit: number;
  readonly bodyLimitBytes: number;
  readonly raspberryPi: { readonly url: URL; readonly timeoutMilliseconds: number } | undefined;
}

/**
 * Reads, beside what every service reads:
 *
 * - CLOVA_APPLICATION_IDS: ids separated by commas; no default
 * - one of CLOVA_PUBLIC_KEY (PEM), CLOVA_PUBLIC_KEY_FILE and CLOVA_PUBLIC_KEY_URL (CEK's own)
 * - CLOVA_KEY_TIMEOUT_MILLISECONDS (2000), CLOVA_KEY_SECONDS (3600; of a file 60)
 * - CLOVA_DEADLINE_MILLISECONDS (5000); Clova itself waits for 8 s
 * - CLOVA_REPLAY_SECONDS (600), CLOVA_RATE_LIMIT (3000), CLOVA_BODY_LIMIT_BYTES (65536)
 * - RASPBERRY_PI_URL (none), RASPBERRY_PI_TIMEOUT_MILLISECONDS (2500)
 *
 * @throws SettingsError for a value that makes no sense
 */
export function readSettings(env: Environment): Settings {
  const keys = readKeySettings(env);
  const keySeconds = keys.from === "file" ? 60 : 3600;
  return {
    service: readServiceSettings(env, { port: 8080 }),
    applicationIds: readApplicationIds(env),
    keys,
    keyTimeoutMilliseconds: env.integer("CLOVA_KEY_TIMEOUT_MILLISECONDS", {
      min: 100,
      max: 3000,
      fallback: 2000,
    }),
    keyMilliseconds:
      SECOND *
      env.integer("CLOVA_KEY_SECONDS", { min: 10, max: 30 * DAY_SECONDS, fallback: keySeconds }),
    deadlineMilliseconds: env.integer("CLOVA_DEADLINE_MILLISECONDS", {
      min: 500,
      max: 7000,
      fallback: 5000,
    }),
    replayMilliseconds:
      SECOND * env.integer("CLOVA_REPLAY_SECONDS", { min: 0, max: DAY_SECONDS, fallback: 600 }),
    rateLimit: env.integer("CLOVA_RATE_LIMIT", { min: 1, max: 1e9, fallback: 3000 }),
    bodyLimitBytes: env.integer("CLOVA_BODY_LIMIT_BYTES", {
      min: 4096,
      max: 1024 * 1024,
      fallback: 64 * 1024,
    }),
    raspberryPi: readRaspberryPi(env),
  };
}

function readApplicationIds(env: Environment): readonly string[] {
  const ids = env
    .text("CLOVA_APPLICATION_IDS")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (ids.length === 0) {
    throw new SettingsError(
      "CLOVA_APPLICATION_IDS names no extension: write its id from the CLOVA developer console.",
    );
  }
  return ids;
}

function readKeySettings(env: Environment): KeySettings {
  const text = env.optional("CLOVA_PUBLIC_KEY");
  const path = env.optional("CLOVA_PUBLIC_KEY_FILE");
  const url = env.optional("CLOVA_PUBLIC_KEY_URL");
  if ([text, path, url].filter((one) => one !== undefined).length > 1) {
    throw new SettingsError(
      "CLOVA_PUBLIC_KEY, CLOVA_PUBLIC_KEY_FILE and CLOVA_PUBLIC_KEY_URL exclude each other: set one.",
    );
  }
  if (text !== undefined) {
    return { from: "text", loaded: readKeys(text) };
  }
  return path === undefined
    ? { from: "url", url: env.url("CLOVA_PUBLIC_KEY_URL", ["https:", "http:"], CEK_KEY_URL) }
    : { from: "file", path };
}

function readKeys(pem: string): LoadedKeys {
  try {
    return { pem, keys: parsePublicKeys(pem) };
  } catch (error) {
    if (!(error instanceof KeyError)) {
      throw error;
    }
    throw new SettingsError(`CLOVA_PUBLIC_KEY holds no key to verify requests: ${error.message}`);
  }
}

function readRaspberryPi(env: Environment): Settings["raspberryPi"] {
  const timeoutMilliseconds = env.integer("RASPBERRY_PI_TIMEOUT_MILLISECONDS", {
    min: 100,
    max: 4000,
    fallback: 2500,
  });
  return env.optional("RASPBERRY_PI_URL") === undefined
    ? undefined
    : { url: env.url("RASPBERRY_PI_URL", ["http:", "https:"]), timeoutMilliseconds };
}
