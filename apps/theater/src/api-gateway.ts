import { start } from "@istio-multicloud/service-kit";
import { createGateway } from "./gateway/gateway";
import { readGatewaySettings } from "./gateway/settings";

void start((env) => createGateway(readGatewaySettings(env)));
