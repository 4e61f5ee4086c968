import { start } from "@istio-multicloud/service-kit";
import { storeServiceOf } from "./store-service";

void start((env) => storeServiceOf("user", env, { port: 8081 }));
