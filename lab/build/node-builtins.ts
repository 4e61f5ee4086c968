/**
 * Files that a Node.js reads at run time although they are part of it. Releases of nodejs.org have
 * none; Debian's own package keeps some built-in modules in packages of their own, and records
 * their paths in its build configuration.
 *
 * @param config `process.config`
 * @returns absolute paths
 */
export const sharedBuiltins = (config: {
  readonly target_defaults: { readonly defines: readonly unknown[] };
}): string[] =>
  config.target_defaults.defines.flatMap(
    (define) => /^NODE_SHARED_BUILTIN_\w+_PATH=(\/.+)$/.exec(String(define))?.[1] ?? [],
  );
