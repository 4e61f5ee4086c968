import { median, round } from "./run";

/** One round of one server. */
export interface Side {
  readonly perSecond: number;
  /** 99th percentile of the latency, milliseconds. */
  readonly p99: number;
  /** What the server's process took for a request, microseconds: hardly depends on what else runs. */
  readonly cpu: number;
}

/** One round of each server, one after the other. */
export interface Round {
  readonly clova: Side;
  readonly verifying: Side;
  readonly echo: Side;
}

/** Medians, and medians of the rounds' ratios: what slows a round down slows all its sides down. */
export function compare(rounds: readonly Round[]) {
  const middle = (figure: (round: Round) => number, digits = 2): number =>
    round(median(rounds.map(figure)), digits);
  return {
    rounds: rounds.length,
    clovaRequestsPerSecond: middle(({ clova }) => clova.perSecond, 0),
    verifyingEchoRequestsPerSecond: middle(({ verifying }) => verifying.perSecond, 0),
    echoRequestsPerSecond: middle(({ echo }) => echo.perSecond, 0),
    clovaToEcho: middle(({ clova, echo }) => clova.perSecond / echo.perSecond),
    // What verification alone leaves of the echo, with nothing of an extension.
    verifyingEchoToEcho: middle(({ verifying, echo }) => verifying.perSecond / echo.perSecond),
    clovaToVerifyingEcho: middle(({ clova, verifying }) => clova.perSecond / verifying.perSecond),
    clovaCpuMicroseconds: middle(({ clova }) => clova.cpu, 0),
    verifyingEchoCpuMicroseconds: middle(({ verifying }) => verifying.cpu, 0),
    echoCpuMicroseconds: middle(({ echo }) => echo.cpu, 0),
    // What the ratio of throughput is where nothing else runs on the core.
    clovaToEchoByCpu: middle(({ clova, echo }) => echo.cpu / clova.cpu),
    // Nearly 1, or something else ran on the core and the figures per second are too small.
    clovaShareOfCore: middle(({ clova }) => shareOfCore(clova)),
    echoShareOfCore: middle(({ echo }) => shareOfCore(echo)),
    clovaP99Milliseconds: middle(({ clova }) => clova.p99),
    echoP99Milliseconds: middle(({ echo }) => echo.p99),
  };
}

const shareOfCore = ({ perSecond, cpu }: Side): number => (perSecond * cpu) / 1e6;
