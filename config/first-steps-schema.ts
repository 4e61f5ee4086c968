import { z } from "zod";
import { says } from "./says";

/** What an API server hands out by default (kubernetes.io "Service", type NodePort). */
const NODE_PORTS = { min: 30_000, max: 32_767 } as const;

/** The objects of docs/first-steps.md. */
export const firstSteps = z.strictObject({
  enabled: z.boolean().default(false).describe("Deploy the first steps' objects"),
  greeting: z.string().min(1).default("Hello").describe("What the application says: its ConfigMap"),
  nodePort: z
    .int()
    .refine(
      (port) => port >= NODE_PORTS.min && port <= NODE_PORTS.max,
      says(
        `a port from ${NODE_PORTS.min} to ${NODE_PORTS.max}`,
        "write one that no other Service has",
      ),
    )
    .default(30_080)
    .describe("Port of every node that leads to it"),
  host: z
    .string()
    .regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z][-a-z0-9]*$/)
    .default("hello.example.com")
    .describe("Host of its Ingress"),
  image: z
    .string()
    .min(1)
    .default("istio-multicloud/hello:0.1.0")
    .describe("Image of the application"),
  dashboard: z.boolean().default(true).describe("Install Headlamp as well"),
  dashboardCharts: z
    .string()
    .min(1)
    .default("https://kubernetes-sigs.github.io/headlamp")
    .describe("Helm repository of Headlamp's chart"),
  dashboardVersion: z
    .string()
    .regex(/^\d+\.\d+\.\d+/)
    .default("0.45.0")
    .describe("Version of Headlamp's chart"),
});

export type FirstStepsConfig = z.output<typeof firstSteps>;
