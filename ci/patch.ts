/** What `git diff --no-index` says of two renders of one stack. */
export interface StackPatch {
  readonly stack: string;
  /** Empty where nothing differs. */
  readonly patch: string;
  /** Why there is nothing to compare, one sentence; absent where there is. */
  readonly problem?: string;
}

/** GitHub cuts a step's summary at 1 MiB and a comment at 65,536 characters. */
const LONGEST = 60_000;

/**
 * The difference that a pull request makes to what the stacks create, as Markdown: a line per stack,
 * then each patch folded away.
 *
 * @param longest characters; patches that would go beyond are left out, and said to be
 */
export function markdown(patches: readonly StackPatch[], longest = LONGEST): string {
  const rows = patches.map(({ stack, patch, problem }) => {
    const { added, changed, removed } = countFiles(patch);
    const what =
      problem ??
      (patch === "" ? "the same" : `${added} added, ${changed} changed, ${removed} removed`);
    return `| \`${stack}\` | ${what} |`;
  });
  let text = [
    "## What the stacks would create",
    "",
    "| stack | objects |",
    "| --- | --- |",
    ...rows,
  ]
    .join("\n")
    .concat("\n");
  const left: string[] = [];
  for (const { stack, patch } of patches.filter((entry) => entry.patch !== "")) {
    const fence = fenceFor(patch);
    const part = `\n<details><summary>${stack}</summary>\n\n${fence}diff\n${patch.trimEnd()}\n${fence}\n\n</details>\n`;
    if (text.length + part.length > longest) {
      left.push(stack);
    } else {
      text += part;
    }
  }
  return left.length === 0
    ? text
    : `${text}\nToo long to show: ${left.join(", ")}. The artifact \`rendered\` has all of it.\n`;
}

/** Files per kind of change in a patch of git's. */
export function countFiles(patch: string): { added: number; changed: number; removed: number } {
  const count = (pattern: RegExp): number => [...patch.matchAll(pattern)].length;
  const added = count(/^new file mode /gm);
  const removed = count(/^deleted file mode /gm);
  return { added, removed, changed: count(/^diff --git /gm) - added - removed };
}

/** A fence longer than any run of backticks at the beginning of a line within. */
function fenceFor(text: string): string {
  const longest = Math.max(
    2,
    ...[...text.matchAll(/^[ +-]?(`+)/gm)].map(([, run]) => run?.length ?? 0),
  );
  return "`".repeat(longest + 1);
}
