import * as pulumi from "@pulumi/pulumi";
import { peerAccount, type ReaderAccess } from "../peer-account";
import { PAGE } from "./page-constants";

export interface PageViewerArgs {
  /** ID of the cluster whose gateway looks. */
  readonly consumer: string;
}

/**
 * The identity by which the gateway of one cluster sees the theater's pods in this one: a
 * ServiceAccount in a namespace of its own, and a token.
 *
 * It has no rights by itself. Those are given by the theater of the cluster that is seen, whose
 * namespace they are about: so stacks come up and down in any order. Until both are there the page says
 * that it isn't permitted to look. Runs with the provider of the cluster that is seen.
 */
export class PageViewer extends pulumi.ComponentResource {
  /** Secret. */
  readonly access: pulumi.Output<ReaderAccess>;

  constructor(name: string, args: PageViewerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:theater:PageViewer", name, {}, opts);

    this.access = peerAccount(
      name,
      { fullName: PAGE.viewerNamespace(args.consumer), account: PAGE.viewer },
      this,
    );
    this.registerOutputs({});
  }
}
