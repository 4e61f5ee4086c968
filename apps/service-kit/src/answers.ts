import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Problem, PROBLEM_JSON } from "./problem";
import { problemOf } from "./problem-of";

/** Sends a problem with its own status, headers and media type, which has no charset (RFC 8259). */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type(PROBLEM_JSON)
    .send(Buffer.from(JSON.stringify(problem)));
}

/** Every error of the routes, of what comes before them and of unknown paths becomes a problem. */
export function answerWithProblems(app: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set();
    [method].flat().forEach((one) => methods.add(one));
    methodsOf.set(url, methods);
  });
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error);
    const reason = error instanceof Problem ? error.cause : error;
    if (problem.status >= 500 && reason !== undefined) {
      request.log.error({ err: reason }, "request failed");
    }
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = allowedMethods(methodsOf, request.url.split("?")[0] ?? "/");
    if (allowed.length === 0) {
      return sendProblem(reply, new Problem(404, { detail: "There is nothing at this path." }));
    }
    const headers = { allow: allowed.join(", ") };
    const detail = `This path answers ${headers.allow}.`;
    return sendProblem(reply, new Problem(405, { detail, headers }));
  });
}

function allowedMethods(routes: ReadonlyMap<string, ReadonlySet<string>>, path: string): string[] {
  const plain = path.replace(/\/+$/, "");
  const matching = [...routes].filter(([pattern]) => {
    const parts = pattern.replace(/\/+$/, "").split("/");
    const asked = plain.split("/");
    return (
      parts.length === asked.length &&
      parts.every((part, index) => part.startsWith(":") || part === asked[index])
    );
  });
  return [...new Set(matching.flatMap(([, methods]) => [...methods]))].sort();
}

const SOCKET_ERRORS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no HTTP request, is too long in coming or has too many headers. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = SOCKET_ERRORS[error.code ?? ""] ?? 400;
  const body = JSON.stringify(new Problem(status));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `Content-Type: ${PROBLEM_JSON}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
    () => socket.destroy(),
  );
}
