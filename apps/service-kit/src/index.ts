export { Environment, SettingsError } from "./environment";
export { Problem, PROBLEM_JSON, type FieldError, type ProblemOptions } from "./problem";
export { createService, type Service, type ServiceOptions } from "./service";
export { readServiceSettings, type ServiceSettings } from "./settings";
export { start } from "./start";
export { forwardedHeaders, traceIdOf } from "./trace";
