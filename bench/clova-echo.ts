import Fastify from "fastify";

/** What the Clova extension is compared with: JSON in, the same JSON out, and nothing around it. */
const app = Fastify();
app.get("/health", () => "OK\n");
app.post("/", (request) => request.body);
void app.listen({ host: "127.0.0.1", port: Number(process.argv[2]) });
