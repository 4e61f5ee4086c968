import assert from "node:assert/strict";
import { createServer as createTcpServer, connect, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { helloFor, shakeHands } from "../../../../../mesh/check/gather/tls";
import { selfSigned } from "../../../../support/certificates";

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};

describe("shakeHands", () => {
  const hello = helloFor({ host: "echo.echo.svc.cluster.local", port: 8080 });

  it("asks for a service as a sidecar does", () =>
    assert.deepEqual(hello, {
      serverName: "outbound_.8080_._.echo.echo.svc.cluster.local",
      protocol: "istio",
    }));

  it("shows who answers, also one who wants a certificate", async () => {
    const { certificate, key } = await selfSigned("workload");
    const asked: (string | false | undefined)[] = [];
    const server = createServer({
      cert: certificate,
      key,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ["istio"],
      SNICallback: (name, done) => {
        asked.push(name);
        done(null);
      },
    });
    const port = await listening(server);
    const answer = await shakeHands(connect(port, "127.0.0.1"), hello);
    server.close();
    assert.equal(answer.result, "answered");
    assert.deepEqual(asked, [hello.serverName]);
    assert.equal(answer.chain.length, 1);
    assert.equal(answer.chain[0]?.replace(/\s/g, ""), certificate.replace(/\s/g, ""));
  });

  it("says where it was cut off", async () => {
    const server = createTcpServer((socket) => socket.destroy());
    const port = await listening(server);
    const answer = await shakeHands(connect(port, "127.0.0.1"), hello);
    server.close();
    assert.equal(answer.result, "closed");
  });
});
