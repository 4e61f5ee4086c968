import type { FastifySchemaValidationError } from "fastify";
import { Problem, type FieldError } from "./problem";

/** The framework's errors that deserve a sentence; it is ours, since theirs may quote the request. */
const DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: "The path is not a valid URL path.",
  FST_ERR_CTP_BODY_TOO_LARGE: "The body is larger than the service takes.",
  FST_ERR_CTP_EMPTY_JSON_BODY: "The body is empty: send a JSON object.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The body's length is not what Content-Length says.",
  FST_ERR_CTP_INVALID_JSON_BODY: "The body is not valid JSON.",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The body's media type is not supported: send application/json.",
  FST_ERR_HANDLER_TIMEOUT: "The answer took too long.",
  FST_ERR_MAX_PARAM_LENGTH: "A part of the path is too long.",
};

const MOST_ERRORS = 20;
const LONGEST_NAME = 100;

interface ThrownError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly validation?: readonly FastifySchemaValidationError[];
  readonly validationContext?: string;
}

/**
 * What the client is told about anything that was thrown: the problem itself, what is wrong with its
 * request, or, for all else, a 500 that says nothing.
 */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) {
    return thrown;
  }
  const error: ThrownError = typeof thrown === "object" && thrown !== null ? thrown : {};
  if (error.validation) {
    const inBody = error.validationContext === "body";
    return new Problem(400, {
      detail: `The request's ${inBody ? "body" : "parameters"} can't be accepted.`,
      errors: error.validation.slice(0, MOST_ERRORS).map((one) => fieldError(one, inBody)),
    });
  }
  const status = Number(error.statusCode);
  const known = Number.isInteger(status) && status >= 400 && status <= 599;
  const detail = DETAILS[String(error.code)];
  return new Problem(known ? status : 500, detail === undefined ? {} : { detail });
}

function fieldError(error: FastifySchemaValidationError, inBody: boolean): FieldError {
  const { keyword, params, instancePath, message = "is wrong" } = error;
  const own = params["missingProperty"] ?? params["additionalProperty"];
  const detail =
    keyword === "required"
      ? "is missing"
      : keyword === "additionalProperties"
        ? "is not a known field"
        : message;
  const path =
    typeof own === "string" && own.length <= LONGEST_NAME
      ? `${instancePath}/${escapePointer(own)}`
      : instancePath;
  return inBody ? { detail, pointer: `#${path}` } : { detail, parameter: path.slice(1) };
}

/** RFC 6901, section 3, then section 6; JSON may hold half a surrogate pair, a URI may not. */
const escapePointer = (name: string): string =>
  encodeURIComponent(Buffer.from(name).toString().replaceAll("~", "~0").replaceAll("/", "~1"));
