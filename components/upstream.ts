/** A connection that isn't there by then won't be: clouds are milliseconds apart. */
export const CONNECT_TIMEOUT = "1s";

/**
 * Through an east-west gateway a connection ends at one pod, and stays with it while that pod ends:
 * what the caller sees, the gateway's address, doesn't change. The pod's proxy asks for a new
 * connection with each answer, but who asks nothing isn't told. So a connection is given up sooner
 * than a pod ends, which it does five seconds after it was told to (the services' DRAIN_MILLISECONDS).
 */
export const IDLE_TIMEOUT = "2s";

/**
 * What can't have reached a service, for whatever request. Envoy's retry conditions
 * (config_http_filters_router: x-envoy-retry-on).
 */
export const UNSENT = "connect-failure,refused-stream,reset-before-request";
