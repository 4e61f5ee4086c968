import type { Ask, ApiAnswer } from "../../kube/request";

/** What every object carries; the part of it that checks look at. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly managedFields?: readonly { readonly manager?: string }[];
}

export interface Item {
  readonly metadata: Metadata;
}

/** A right, as SelfSubjectAccessReview takes it. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** The API server answered, but not with what was asked for. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The API server gave no answer; {@link ClusterApi.failure} says why. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Answers are this long at most; longer lists come in pages. */
const PAGE = 500;
const METADATA_ONLY =
  "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
const ONE_METADATA_ONLY =
  "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

/**
 * What one kubeconfig shows of its cluster. Reads only; nothing is asked twice.
 */
export class ClusterApi {
  readonly #answers = new Map<string, Promise<ApiAnswer>>();
  #failure: Error | undefined;

  constructor(private readonly ask: Ask) {}

  /** What the first question without an answer met with. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** The answer with its headers. @throws Refusal from 400 on, but for 404; NoAnswer */
  answer(path: string, accept?: string): Promise<ApiAnswer> {
    return this.#once(`${accept} ${path}`, () => this.ask({ path, ...(accept && { accept }) }));
  }

  /** One object; nothing where it, or its kind, isn't there. */
  async read<T>(path: string): Promise<T | undefined> {
    const { status, body } = await this.answer(path);
    return status === 404 ? undefined : (body as T);
  }

  /** Every object of a list; none where the kind isn't there. */
  list<T = Item>(path: string): Promise<readonly T[]> {
    return this.#pages<T>(path);
  }

  /** Every object of a list, without spec and status. */
  metadata(path: string): Promise<readonly Item[]> {
    return this.#pages<Item>(path, METADATA_ONLY);
  }

  /** One object's metadata; nothing where it, or its kind, isn't there. */
  async readMetadata(path: string): Promise<Metadata | undefined> {
    const { status, body } = await this.answer(path, ONE_METADATA_ONLY);
    return status === 404 ? undefined : (body as Item).metadata;
  }

  /** Whether the kubeconfig's user has a right. */
  async may(right: Right): Promise<boolean> {
    const body = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { resourceAttributes: right },
    };
    const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    const answer = await this.#once(JSON.stringify(right), () => this.ask({ path, body }));
    return (answer.body as { status?: { allowed?: boolean } }).status?.allowed === true;
  }

  async #pages<T>(path: string, accept?: string): Promise<readonly T[]> {
    const items: T[] = [];
    let next = "";
    do {
      const separator = path.includes("?") ? "&" : "?";
      const page = `${path}${separator}limit=${PAGE}${next && `&continue=${encodeURIComponent(next)}`}`;
      const { status, body } = await this.answer(page, accept);
      if (status === 404) {
        return [];
      }
      const list = body as { items?: readonly T[]; metadata?: { continue?: string } };
      items.push(...(list.items ?? []));
      next = list.metadata?.continue ?? "";
    } while (next !== "");
    return items;
  }

  async #once(key: string, ask: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
    if (this.#failure !== undefined) {
      throw new NoAnswer(this.#failure.message);
    }
    const asked = this.#answers.get(key) ?? ask();
    this.#answers.set(key, asked);
    const answer = await asked.catch((error: Error) => {
      this.#failure ??= error;
      throw new NoAnswer(error.message);
    });
    if (answer.status >= 400 && answer.status !== 404) {
      const { message } = answer.body as { message?: string };
      throw new Refusal(answer.status, message ?? `the answer was ${answer.status}`);
    }
    return answer;
  }
}
