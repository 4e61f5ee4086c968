import * as pulumi from "@pulumi/pulumi";
import { peerAccount, type ReaderAccess } from "../peer-account";
import { observerName } from "./constants";
import { KIALI_READER_RULES } from "./kiali-reader-rules";

export interface KialiReaderArgs {
  /** ID of the cluster whose Kiali reads. */
  readonly consumer: string;
}

/**
 * The identity by which the mesh's Kiali looks at this cluster: a ServiceAccount in a namespace of its
 * own, which may read what Kiali draws, and nothing of istiod's reader. Runs with the provider of the
 * cluster that is read; deleting its namespace takes the access back.
 */
export class KialiReader extends pulumi.ComponentResource {
  /** Secret. */
  readonly access: pulumi.Output<ReaderAccess>;

  constructor(name: string, args: KialiReaderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:KialiReader", name, {}, opts);

    this.access = peerAccount(
      name,
      {
        fullName: observerName(args.consumer),
        account: "kiali-reader",
        rules: KIALI_READER_RULES,
      },
      this,
    );
    this.registerOutputs({});
  }
}
