import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

/**
 * The password of the mesh's one redis. It is made where no cluster's stack comes before another: all
 * of them take it from here, in whatever order they are deployed.
 */
export class RedisPassword extends pulumi.ComponentResource {
  /** Letters and digits, so that no configuration file has to quote it (secret). */
  readonly password: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("mesh:theater:RedisPassword", name, {}, opts);
    const { result } = new random.RandomPassword(
      `${name}-password`,
      { length: 32, special: false },
      { parent: this },
    );
    this.password = pulumi.secret(result);
    this.registerOutputs({ password: this.password });
  }
}
