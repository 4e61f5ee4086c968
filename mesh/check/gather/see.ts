import { NoAnswer } from "../../preflight/cluster-api";
import { Unseen, type Seen } from "../facts";

/** What came of a look, or why nothing did. */
export const see = <T>(look: Promise<T>): Promise<Seen<T>> =>
  look.catch((error: unknown) =>
    error instanceof Unseen
      ? error
      : new Unseen(
          error instanceof Error ? error.message : String(error),
          error instanceof NoAnswer ? "api-server" : undefined,
        ),
  );

/** Goes on with what was seen. @throws Unseen */
export async function seen<T>(look: Promise<Seen<T>>): Promise<T> {
  const found = await look;
  if (found instanceof Unseen) {
    throw found;
  }
  return found;
}
