import { createService, readServiceSettings, start } from "@istio-multicloud/service-kit";

void start((env) =>
  createService({
    name: "sample",
    settings: readServiceSettings(env, { port: 0 }),
    routes: (app) => void app.get("/people/:id", () => ({ name: "Kim" })),
  }),
);
