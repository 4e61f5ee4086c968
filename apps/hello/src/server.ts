import { start } from "@istio-multicloud/service-kit";
import { createHello, readSettings } from "./hello";

void start((env) => createHello(readSettings(env)));
