import { start } from "@istio-multicloud/service-kit";
import { createClova } from "./service";
import { readSettings } from "./settings";

void start((env) => createClova(readSettings(env)));
