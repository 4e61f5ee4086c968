import type { User } from "./model";

/** Who is there when the theater opens for the first time. */
export const FIRST_USERS: readonly User[] = [
  { id: "user-1", name: "김철수", email: "chulsoo@example.com" },
  { id: "user-2", name: "이영희", email: "younghee@example.com" },
  { id: "user-3", name: "박민수", email: "minsoo@example.com" },
];
