import { UserError } from "../config/errors";

/**
 * What kept a stack from being deployed or destroyed.
 *
 * `exitCode` is the CLI's own: 1 anything else, 2 configuration, 3 log-in, 4 a resource, 5 a policy,
 * 6 no such stack, 7 changes where none were expected, 8 cancelled (pulumi/pkg/cmd/pulumi/cmd,
 * exit_codes.go).
 */
export class StackError extends UserError {
  constructor(
    readonly stack: string,
    /** One sentence per thing that went wrong. */
    readonly reasons: readonly string[],
    exitCode: number,
  ) {
    super(`Stack ${stack}: ${reasons.join(" ")}`, exitCode);
  }
}

/** Said by the engine after the reason itself, in one way or another. */
const EMPTY_WORDS = /^(update|preview|destroy|refresh) failed$|^resource .* failed$/i;

/** What the CLI's table of codes has for a broken policy, and what it ends with instead. */
const POLICY = 5;
const GENERIC = 1;

/**
 * @param seen errors that the engine's events told of, which are the more exact ones
 * @param brokePolicy whether a mandatory policy was broken
 */
export function toStackError(
  stack: string,
  error: unknown,
  seen: readonly string[],
  brokePolicy = false,
): StackError {
  const text = error instanceof Error ? error.message : String(error);
  const printed = [...text.matchAll(/(?:^|stderr:)\s*error: (.+)$/gm)].map(([, line]) =>
    (line ?? "").trim(),
  );
  const reasons = [...seen, ...printed].filter((reason) => !EMPTY_WORDS.test(reason));
  const unique = reasons.filter(
    (reason, index) =>
      !reasons.some((other, place) =>
        // The engine says some things twice, once with the resource's name before it.
        other === reason ? place < index : other.endsWith(`: ${reason}`),
      ),
  );
  const exitCode = Number(/^code: (\d+)/.exec(text)?.[1] ?? GENERIC);
  return new StackError(
    stack,
    (unique.length > 0 ? unique : [text.trim().split("\n").slice(0, 3).join(" ")]).map(explain),
    brokePolicy && exitCode === GENERIC ? POLICY : exitCode,
  );
}

/** Sayings of the CLI that leave its user alone, with what to do. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /locked by|another update is currently in progress/i,
    "wait for the other run to end, or run pulumi cancel if there is none",
  ],
  [
    /incorrect passphrase|passphrase must be set/i,
    "set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the stack's",
  ],
  [
    /configured Kubernetes cluster is unreachable/i,
    "check that cluster and its kubeconfig; what concerns other clusters goes through with --continue-on-error",
  ],
];

function explain(reason: string): string {
  const advice = ADVICE.find(([pattern]) => pattern.test(reason))?.[1];
  const text = reason.replace(/\.?$/, "");
  return advice === undefined ? `${text}.` : `${text}: ${advice}.`;
}
