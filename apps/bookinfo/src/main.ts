import { start, type Environment } from "@istio-multicloud/service-kit";
import { idle } from "./idle";
import { createPart, readPart } from "./part";

/** `client` is a pod to send requests from, every other SERVICE_NAME a part of Bookinfo. */
if (process.env["SERVICE_NAME"] === "client") {
  idle();
} else {
  void start((env: Environment) => createPart(readPart(env)));
}
