/** Percentage of the requests that a fault hits. */
export const FAULT_PERCENT = 30;
export const DELAY_SECONDS = 3;

/** Faults as Istio's HTTPFaultInjection has them. */
export const FAULTS = {
  delay: { delay: { fixedDelay: `${DELAY_SECONDS}s`, percentage: { value: FAULT_PERCENT } } },
  abort: { abort: { httpStatus: 500, percentage: { value: FAULT_PERCENT } } },
} as const;
