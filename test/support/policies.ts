import * as rpc from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { MeshPolicy } from "../../policy/policy";
import { policies as all } from "../../policy/index";
import type { Registered } from "./record";

/** A resource as the engine shows it to a policy pack. */
export type Resource = Pick<Registered, "type" | "name" | "inputs" | "provider">;

/** One violation, as the CLI prints it below the policy's description. */
export interface Found {
  readonly policy: string;
  readonly resource: string;
  readonly sentence: string;
  readonly level: "advisory" | "mandatory";
}

/** A secret value, as the engine writes it on the wire. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** A value that a preview doesn't know, as the engine writes it on the wire. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A resource on the provider of the cluster `ncloud`. */
export const resource = (
  type: string,
  inputs: Record<string, unknown>,
  { name = "it", provider = "ncloud" } = {},
): Resource => ({
  type,
  name,
  inputs,
  provider: `urn:pulumi:ncloud::mesh::pulumi:providers:kubernetes::${provider}::${provider}`,
});

/** A Kubernetes object named `shop/it`. */
export const object = (
  apiVersion: string,
  kind: string,
  rest: Record<string, unknown>,
  metadata: Record<string, unknown> = {},
  options: { name?: string; provider?: string } = {},
): Resource =>
  resource(
    `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`,
    {
      apiVersion,
      kind,
      metadata: { name: options.name ?? "it", namespace: "shop", ...metadata },
      ...rest,
    },
    options,
  );

type Handler = (
  call: { readonly request: unknown },
  callback: (error: Error | null, response: analyzer.AnalyzeResponse) => void,
) => void;

/** The SDK's own request handlers, which it exports without types: what is tested runs behind them. */
const handlers = rpc as unknown as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun" | "makeRemediateRpcFun",
  (pack: string, version: string, level: string, policies: readonly MeshPolicy[]) => Handler
>;

/** Judges resources as the engine would have it done: each by itself, then all together. */
export async function judge(
  resources: readonly Resource[],
  policies: readonly MeshPolicy[] = all,
): Promise<Found[]> {
  const ask = (handler: keyof typeof handlers, request: unknown) =>
    new Promise<analyzer.AnalyzeResponse>((resolve, reject) => {
      handlers[handler](
        "pack",
        "0.0.0",
        "mandatory",
        policies,
      )({ request }, (error, response) => (error ? reject(error) : resolve(response)));
    });
  const found: Found[] = [];
  const add = (response: analyzer.AnalyzeResponse, name: (urn: string) => string) => {
    for (const diagnostic of response.getDiagnosticsList()) {
      found.push({
        policy: diagnostic.getPolicyname(),
        resource: name(diagnostic.getUrn()),
        sentence: diagnostic.getMessage().replace(`${diagnostic.getDescription()}\n`, ""),
        level:
          diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY
            ? "advisory"
            : "mandatory",
      });
    }
  };
  for (const one of resources) {
    const request = fill(new analyzer.AnalyzeRequest(), one, resources);
    await ask("makeRemediateRpcFun", request);
    add(await ask("makeAnalyzeRpcFun", request), () => one.name);
  }
  const stack = new analyzer.AnalyzeStackRequest();
  stack.setResourcesList(
    resources.map((one) => fill(new analyzer.AnalyzerResource(), one, resources)),
  );
  add(await ask("makeAnalyzeStackRpcFun", stack), (urn) => urn.split("::").at(-1) as string);
  return found;
}

/** The sentences of the violations, alone. */
export const sentences = async (
  resources: readonly Resource[],
  policies: readonly MeshPolicy[],
): Promise<string[]> => (await judge(resources, policies)).map(({ sentence }) => sentence);

const urnOf = ({ type, name }: Resource): string => `urn:pulumi:ncloud::mesh::${type}::${name}`;

function fill<R extends analyzer.AnalyzeRequest | analyzer.AnalyzerResource>(
  request: R,
  one: Resource,
  resources: readonly Resource[],
): R {
  request.setType(one.type);
  request.setName(one.name);
  request.setUrn(urnOf(one));
  request.setProperties(struct(one.inputs));
  request.setOptions(new analyzer.AnalyzerResourceOptions());
  if (one.provider !== "") {
    const [urn = "", id = ""] = splitReference(one.provider);
    const name = urn.split("::").at(-1) as string;
    const own = resources.find(
      (other) => other.type.startsWith("pulumi:providers:") && other.name === name,
    );
    const provider = new analyzer.AnalyzerProviderResource();
    provider.setType("pulumi:providers:kubernetes");
    provider.setName(name || id);
    provider.setUrn(urn);
    provider.setProperties(struct(own?.inputs ?? {}));
    request.setProvider(provider);
  }
  return request;
}

/** `<urn>::<id>` */
const splitReference = (reference: string): [string, string] => {
  const at = reference.lastIndexOf("::");
  return [reference.slice(0, at), reference.slice(at + 2)];
};

/** A provider's inputs go with every resource of its cluster. */
const structs = new WeakMap<object, Struct>();

function struct(inputs: Record<string, unknown>): Struct {
  const known = structs.get(inputs);
  if (known !== undefined) {
    return known;
  }
  // JSON leaves out what is undefined, as the engine does.
  const text = JSON.stringify(inputs);
  const made = Struct.fromJavaScript(JSON.parse(text) as Record<string, JavaScriptValue>);
  structs.set(inputs, made);
  return made;
}
