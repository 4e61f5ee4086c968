import proxy from "@fastify/http-proxy";
import Fastify from "fastify";
import { createServer } from "node:http";

/** As long as the list of the theater's first users. */
const BODY = JSON.stringify(
  [1, 2, 3].map((number) => ({ id: `user-${number}`, name: "홍길동", email: "hong@example.com" })),
);

/** A service that costs next to nothing: what is measured is the way to it. */
const upstream = (port: number): void => {
  createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(BODY);
  }).listen(port, "127.0.0.1");
};

/** What the gateway is compared with: the same proxy, with nothing around it. */
async function bare(port: number, url: string): Promise<void> {
  const app = Fastify();
  await app.register(proxy, { upstream: url, prefix: "/users", rewritePrefix: "/users" });
  await app.listen({ host: "127.0.0.1", port });
}

const [role, port, url = ""] = process.argv.slice(2);
if (role === "upstream") {
  upstream(Number(port));
} else {
  void bare(Number(port), url);
}
