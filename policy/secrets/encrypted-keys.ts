import { unmarkedTextsOf, type Leaf } from "../inputs";
import { resourcePolicy, STACK_TYPE, titleOf, violation } from "../policy";
import { sensitiveKind } from "./sensitive";

/** Per resource the sensitive texts that its inputs hold unmarked, from its remediation to its validation. */
const found = new Map<string, readonly Leaf[]>();

const policy = resourcePolicy(
  {
    name: "keys-encrypted",
    refuses:
      "Kubeconfigs, private keys and tokens in a resource's inputs that aren't secret outputs",
    why: "They are written to the state and to the logs of every run as they are",
    source: "https://www.pulumi.com/docs/iac/concepts/secrets/",
    level: "remediate",
    severity: "critical",
  },
  (subject) => {
    const texts = found.get(subject.urn);
    found.delete(subject.urn);
    if (texts === undefined && subject.type === STACK_TYPE) {
      return [
        violation(
          "keys-encrypted",
          "can't tell secrets from plain text in this run",
          "give it the level remediate, or disabled",
        ),
      ];
    }
    return (texts ?? []).map(({ path, text }) =>
      violation(
        `${path} of ${titleOf(subject)}`,
        `is ${sensitiveKind(text)} in plain text`,
        "make it a secret by config.requireSecret or pulumi.secret",
      ),
    );
  },
);

/**
 * Kubeconfigs and keys as secrets only, as far as the state is concerned.
 *
 * The SDK shows the marks of secrets to remediations alone, which run before validations: this one
 * changes nothing, and remembers what it has seen. That is why the level is `remediate`, which for
 * the validation counts as mandatory; at another level there is nothing to go by, and it says so.
 */
export const encryptedKeys: typeof policy = {
  ...policy,
  remediateResource({ urn, props }) {
    found.set(
      urn,
      unmarkedTextsOf(props).filter(({ text }) => sensitiveKind(text) !== undefined),
    );
  },
};
