export const KUBERNETES_PROVIDER = "pulumi:providers:kubernetes";

/** Whether Pulumi made the provider itself: it names such `default_4_34_2`, after the version. */
export const isDefaultProvider = (name: string): boolean => /^default(_\d|$)/.test(name);
