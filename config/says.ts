/** What a refinement of the schema tells the one place that renders errors. */
export const says = (expected: string, fix: string) => ({ params: { expected, fix } });
