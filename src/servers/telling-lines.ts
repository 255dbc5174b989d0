/** What npm says about itself. */
const OF_NPM = /^npm (?:notice|warn)\b/i;
/** What programs write around the sentence that says what is wrong: places in their source, their version, brackets. */
const AROUND =
  /^(?:\s*at |\s*File "|Traceback |node:|Node\.js v|goroutine \d|[\^~}\]{[()\s.…│|]*$|\s*(?:code|errno|syscall|path|requireStack|cause):|note: run with `RUST_BACKTRACE)/;
/** `Error: …`, `ModuleNotFoundError: No module named 'x'`, `com.x.SomeException: …`, with what a log puts before it. */
const ERROR = /(?:^|[\s\]:])(?:[\w$]+[.:]+)*\w*(?:Error|Exception)(?: \[\w+\])?(?:: |$)/;
/** What shells, launchers and runtimes write of which all else follows. */
const FIRST_WORDS =
  /^(?:panic: |fatal error: |Exception in thread |Unhandled exception|Uncaught )|Could not locate the bindings file|Cannot find (?:module|package) |command not found|: not found$|not recognized as an internal or external command|executable file not found|No such file or directory|Permission denied|error while loading shared libraries/i;
const SAYS_ERROR =
  /^(?:npm (?:error|ERR!) (?!code|syscall|errno|path)|(?:error|fatal)\b)|^(?!npm ).*\b(?:ERROR|FATAL|CRITICAL)\b/i;

/** Nobody reads on. Characters. */
const LONGEST_LINE = 1_000;

/** The lines of what a program wrote on stderr, without the empty ones and what npm says about itself. */
function linesSaid(stderr: string): string[] {
  const lines = stderr.split(/\r?\n/).map((line) => line.slice(0, LONGEST_LINE));
  return lines.filter((line) => line.trim() !== '' && !OF_NPM.test(line));
}

/**
 * The lines that tell most of why a program failed: the one that names the cause, then the last ones.
 * @param most how many
 */
export function tellingLines(stderr: string, most: number): string[] {
  const lines = linesSaid(stderr);
  const cause = causeAmong(lines);
  if (cause === undefined) return lines.slice(-most);
  const rest = lines.filter((line, index) => index !== cause && !AROUND.test(line));
  return [lines[cause] as string, ...rest.slice(Math.max(0, rest.length - most + 1))].slice(0, most);
}

/** The one line that tells most; undefined where nothing was said. */
export function tellingLine(stderr: string): string | undefined {
  const lines = linesSaid(stderr);
  return lines[causeAmong(lines) ?? lines.findLastIndex((line) => !AROUND.test(line))];
}

/** Node, Go, Rust and shells name the cause first, Python and Java last. */
function causeAmong(lines: readonly string[]): number | undefined {
  const found = [
    endOfTraceback(lines),
    lines.findLastIndex((line) => /^\s*Caused by: /.test(line)),
    endOfPanic(lines),
    lines.findIndex((line) => FIRST_WORDS.test(line)),
    lines.findIndex((line) => ERROR.test(line)),
    lines.findIndex((line) => SAYS_ERROR.test(line)),
  ];
  return found.find((index) => index >= 0);
}

/** After the last traceback of Python, the first line that is not indented. */
function endOfTraceback(lines: readonly string[]): number {
  const start = lines.findLastIndex((line) => /^\s*(?:\| )?Traceback \(most recent call last\):/.test(line));
  return start < 0 ? -1 : lines.findIndex((line, index) => index > start && /^[\w.]+(?::|$)/.test(line));
}

/** Since Rust 1.73 what is wrong follows on the next line. */
function endOfPanic(lines: readonly string[]): number {
  const at = lines.findIndex((line) => /\bpanicked at /.test(line));
  return at >= 0 && /:\d+:\d+:$/.test(lines[at] as string) && at + 1 < lines.length ? at + 1 : at;
}
