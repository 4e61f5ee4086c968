import * as pulumi from "@pulumi/pulumi";
import { peerAccount, type ReaderAccess } from "../peer-account";
import { READER_VERBS, readerRules } from "./reader-rules";

export interface ReaderIdentityArgs {
  /** ID of the cluster whose istiod reads. */
  readonly consumer: string;
  readonly remoteCredentials: "read" | "ignore";
}

/**
 * The identity by which one cluster's istiod reads this cluster: a ServiceAccount in a namespace of
 * its own, with the least rights that istiod syncs with, and a token.
 *
 * It belongs to the consumer's stack, so that stacks come up and down in any order, and one peer's
 * access can be taken back by deleting one namespace. Runs with the provider of the cluster that is
 * read.
 */
export class ReaderIdentity extends pulumi.ComponentResource {
  /** Secret. */
  readonly access: pulumi.Output<ReaderAccess>;

  constructor(name: string, args: ReaderIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:ReaderIdentity", name, {}, opts);

    this.access = peerAccount(
      name,
      {
        fullName: `mesh-peer-${args.consumer}`,
        account: "istio-reader",
        rules: readerRules(args.remoteCredentials).map((rule) => ({
          ...rule,
          verbs: READER_VERBS,
        })),
      },
      this,
    );
    this.registerOutputs({});
  }
}
