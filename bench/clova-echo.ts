import Fastify from "fastify";
import { createPublicKey } from "node:crypto";
import { Batch } from "../apps/clova/src/signature/batch";
import { decodeSignature, isSigned } from "../apps/clova/src/signature/verify";

/**
 * What the Clova extension is compared with: JSON in, the same JSON out, and nothing around it. With
 * a public key in PEM as its second argument it verifies the signature too, as the extension does,
 * which is the most that an extension in Fastify could do.
 */
const [port, pem] = process.argv.slice(2);
const app = Fastify();
app.get("/health", () => "OK\n");
if (pem === undefined) {
  app.post("/", (request) => request.body);
} else {
  const keys = [createPublicKey(pem)];
  const verifications = new Batch();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  app.post<{ Body: Buffer }>("/", async ({ body, headers }, reply) => {
    const signature = decodeSignature(headers["signaturecek"]);
    return signature !== undefined &&
      (await verifications.do(() => isSigned(body, signature, keys)))
      ? (JSON.parse(body.toString()) as object)
      : reply.code(401).send();
  });
}
void app.listen({ host: "127.0.0.1", port: Number(port) });
