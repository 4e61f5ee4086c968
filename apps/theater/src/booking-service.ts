import { start } from "@istio-multicloud/service-kit";
import { storeServiceOf } from "./store-service";

void start((env) => storeServiceOf("booking", env, { port: 8083 }));
