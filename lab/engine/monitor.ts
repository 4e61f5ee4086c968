import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { UserError } from "../../config/errors";
import type { Backend, Registered } from "./backend";
import { objectOr } from "../../config/json";
import { secretProperties, unwrap, wrap } from "./properties";
import { isStackType, makeUrn } from "./urn";

/** gRPC's UNAVAILABLE: tells the SDK that the engine is gone, so it drops what waits instead of throwing. */
const UNAVAILABLE = 14;

/** What the SDK may ask the engine for, of all it knows to ask (pulumi.runtime, `awaitFeatureSupport`). */
const FEATURES = ["secrets", "resourceReferences", "aliasSpecs", "deletedWith", "replaceWith"];

type Reply<T> = (
  error: { readonly code: number; readonly message: string } | null,
  answer?: T,
) => void;

interface RegisterAnswer {
  readonly getUrn: () => string;
  readonly getId: () => string;
  readonly getObject: () => Wire;
  readonly getPropertydependenciesMap: () => undefined;
  /** 0 is success. */
  readonly getResult: () => 0;
}

interface Wire {
  readonly toJavaScript: () => unknown;
}

/** The running stack, as `Pulumi.yaml` and the command line name it. */
export interface StackName {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * The engine's side of the SDK's resource monitor, in this process.
 *
 * It goes where `pulumi.runtime.setMocks` puts a `MockMonitor`, and unlike that one passes on
 * parents, dependencies and the exact places of secrets, and names resources as the CLI does.
 */
export class Monitor {
  readonly #urns = new Set<string>();
  #stackUrn = "";

  constructor(
    private readonly stack: StackName,
    private readonly backend: Backend,
    /** Told of every error once; the SDK is only told to stop. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Makes this the process's monitor. @param isPreview whether missing outputs count as unknown */
  install(isPreview: boolean): void {
    const { project, stack, organization } = this.stack;
    pulumi.runtime.setMockOptions(this, project, stack, isPreview, organization);
  }

  registerResource(request: RegisterResourceRequest, reply: Reply<RegisterAnswer>): void {
    this.#answer(reply, async () => {
      const urn = this.#urn(request);
      if (isStackType(request.getType())) {
        this.#stackUrn = urn;
      }
      refuseOptions(request);
      const { values, secrets, hasUnknowns } = unwrap(
        objectOr(request.getObject()?.toJavaScript()),
      );
      const registered = await this.backend.register({
        urn,
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        parent: request.getParent() || undefined,
        provider: providerUrn(request.getProvider()),
        inputs: values,
        secrets,
        hasUnknowns,
        dependencies: request.getDependenciesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        protect: request.getProtect() === true,
        timeoutSeconds: timeoutSeconds(request),
      });
      return {
        getUrn: () => urn,
        getId: () => registered.id,
        getObject: () => wire(registered),
        getPropertydependenciesMap: () => undefined,
        getResult: () => 0,
      };
    });
  }

  readResource(
    request: ReadResourceRequest,
    reply: Reply<{ readonly getUrn: () => string; readonly getProperties: () => Wire }>,
  ): void {
    this.#answer(reply, async () => {
      const urn = this.#urn(request);
      const read = await this.backend.read({
        urn,
        type: request.getType(),
        name: request.getName(),
        id: request.getId(),
        provider: providerUrn(request.getProvider()),
        inputs: unwrap(objectOr(request.getProperties()?.toJavaScript())).values,
      });
      return { getUrn: () => urn, getProperties: () => wire(read) };
    });
  }

  registerResourceOutputs(
    request: RegisterResourceOutputsRequest,
    reply: Reply<Record<string, never>>,
  ): void {
    this.#answer(reply, () => {
      if (request.getUrn() === this.#stackUrn) {
        const { values, secrets } = unwrap(objectOr(request.getOutputs()?.toJavaScript()));
        this.backend.setOutputs(values, secretProperties(secrets));
      }
      return Promise.resolve({});
    });
  }

  invoke(request: ResourceInvokeRequest, reply: Reply<never>): void {
    this.#answer(reply, () => {
      throw new UserError(
        `the lab's engine doesn't know the function ${request.getTok()}: deploy with the Pulumi CLI`,
      );
    });
  }

  supportsFeature(
    request: SupportsFeatureRequest,
    reply: Reply<{ readonly getHassupport: () => boolean }>,
  ): void {
    reply(null, { getHassupport: () => FEATURES.includes(request.getId()) });
  }

  #urn(request: RegisterResourceRequest | ReadResourceRequest): string {
    const urn = makeUrn(this.stack.stack, this.stack.project, {
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent() || undefined,
    });
    if (this.#urns.has(urn)) {
      throw new UserError(
        `two resources are called ${request.getName()} [${request.getType()}]: give each its own name`,
      );
    }
    this.#urns.add(urn);
    return urn;
  }

  #answer<T>(reply: Reply<T>, work: () => Promise<T>): void {
    Promise.resolve()
      .then(work)
      .then(
        (answer) => reply(null, answer),
        (error: unknown) => {
          this.onError(error);
          reply({ code: UNAVAILABLE, message: "the engine has stopped" });
        },
      );
  }
}

/** Options that would change what happens, and that the engine doesn't carry out. */
function refuseOptions(request: RegisterResourceRequest): void {
  const option = [
    ["ignoreChanges", request.getIgnorechangesList().length > 0],
    ["replaceOnChanges", request.getReplaceonchangesList().length > 0],
    ["import", request.getImportid() !== ""],
    ["retainOnDelete", request.getRetainondelete()],
    ["deletedWith", request.getDeletedwith() !== ""],
    ["a remote component", request.getRemote()],
  ].find(([, isSet]) => isSet)?.[0];
  if (option !== undefined) {
    throw new UserError(
      `the lab's engine doesn't know the option ${String(option)}, which ${request.getName()} [${request.getType()}] has: deploy with the Pulumi CLI`,
    );
  }
}

/** `<URN>::<ID>` ⇒ the URN; nothing for a default provider. */
const providerUrn = (reference: string): string | undefined =>
  reference === "" ? undefined : reference.split("::").slice(0, 4).join("::");

const wire = ({ outputs, secretOutputs }: Registered): Wire => ({
  toJavaScript: () => wrap(outputs, secretOutputs),
});

function timeoutSeconds(request: RegisterResourceRequest): number | undefined {
  const timeouts = request.getCustomtimeouts();
  const seconds = [timeouts?.getCreate(), timeouts?.getUpdate()]
    .filter((text) => text !== undefined && text !== "")
    .map((text) => goDuration(text as string));
  return seconds.length === 0 ? undefined : Math.max(...seconds);
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** `1h30m` ⇒ 5400 */
export function goDuration(text: string): number {
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)];
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_SECONDS[unit as string] as number),
    0,
  );
}
