import { start } from "@istio-multicloud/service-kit";
import { storeServiceOf } from "./store-service";

void start((env) => storeServiceOf("movie", env, { port: 8082 }));
