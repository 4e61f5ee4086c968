import {
  createService,
  Problem,
  readServiceSettings,
  type Environment,
  type Service,
  type ServiceSettings,
} from "@istio-multicloud/service-kit";
import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";

export interface Settings {
  readonly service: ServiceSettings;
  readonly greeting: string;
  /** File that holds the token, read at every request: who changes the Secret need not restart it. */
  readonly tokenFile: string;
}

const PORT = 8080;

/** Reads GREETING (Hello) and TOKEN_FILE, besides what every service is told. @throws SettingsError */
export const readSettings = (env: Environment): Settings => ({
  service: readServiceSettings(env, { port: PORT }),
  greeting: env.text("GREETING", "Hello"),
  tokenFile: env.text("TOKEN_FILE"),
});

/** `GET /` greets, `GET /secret` does so for who brings the token as `Authorization: Bearer`. */
export const createHello = ({ service, greeting, tokenFile }: Settings): Promise<Service> =>
  createService({
    name: "hello",
    settings: service,
    routes(app) {
      app.get("/", () => ({ greeting, pod: service.pod }));
      app.get("/secret", async ({ headers }) => {
        const token = await readFile(tokenFile, "utf8").catch((cause: unknown) => {
          throw new Problem(503, { detail: "The token is not there yet.", cause });
        });
        const [, given = ""] = /^Bearer (\S+)$/i.exec(headers.authorization ?? "") ?? [];
        if (!same(given, token.trim())) {
          throw new Problem(401, {
            detail: "Only who knows the token is told.",
            headers: { "www-authenticate": "Bearer" },
          });
        }
        return { greeting: `${greeting}, you know the token.` };
      });
    },
  });

/** In a time that says nothing of how much was right. */
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
