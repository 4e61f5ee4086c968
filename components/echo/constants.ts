/** The names of the echo service, also for those who only call it. */
export const ECHO = { name: "echo", namespace: "echo", port: 8080 } as const;
