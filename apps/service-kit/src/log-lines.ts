const FLUSH_MILLISECONDS = 50;
const FLUSH_CHARACTERS = 16_384;

let lines = "";
let timer: NodeJS.Timeout | undefined;

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  if (lines !== "") {
    process.stdout.write(lines);
    lines = "";
  }
}

process.on("exit", flush);

/**
 * Standard output, several lines at a time: a system call for each line costs a gateway a tenth of
 * its throughput.
 */
export const logLines = {
  write(line: string): void {
    lines += line;
    if (lines.length >= FLUSH_CHARACTERS) {
      flush();
    } else {
      timer ??= setTimeout(flush, FLUSH_MILLISECONDS);
    }
  },
};
