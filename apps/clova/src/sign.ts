import { runSign, UsageError } from "./sign-command/command";

runSign(process.argv.slice(2), console.log).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = 2;
  },
);
