/** How programs complain of something that they were not given. */
const COMPLAINT =
  /\b(?:required|requires?|missing|unset|undefined|empty|needs?|needed|please|must|cannot|could not|failed|invalid|no)\b|\bnot\s+(?:been\s+)?(?:set|found|provided|defined|specified|configured|given|present)\b|\bKeyError\b/i;

/** Names of variables as programs write them; one of a single word counts only where it is called a variable. */
const NAME = /(?<![A-Za-z0-9_])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9_])/g;
const CALLED =
  /(?:\b[Ee]nv(?:ironment)?(?:\s+variables?)?[\s:`'".]*|process\.env\.|\$\{?|os\.environ\[['"])([A-Z][A-Z0-9_]{2,})(?![A-Za-z0-9_])/g;

/** Names of errors, and what runtimes say of themselves. */
const NO_VARIABLE =
  /^(?:ERR|NODE|NPM|UV|PYTHON|INVALID|DEPRECATION)_|_(?:ERROR|ERR|EXCEPTION|WARNING|FOUND|FAILED|DENIED|REFUSED|ARGUMENT|REQUEST)$/;

/** A list below a complaint goes on so long. */
const LONGEST_LIST = 20;
const LONGEST_NAME = 80;
const MOST = 20;

/** The environment variables that a program says it lacks, by what it wrote for people. */
export function missingVariables(text: string): string[] {
  const found = new Set<string>();
  let listed = 0;
  for (const line of text.split(/\r?\n/)) {
    const names = namesIn(line);
    if (COMPLAINT.test(line)) listed = /:\s*$/.test(line) ? LONGEST_LIST : 0;
    else if (listed > 0 && /^(?:\s+|[-*•]|\d+[.)])\s*(?:[-*•]\s*)?[`'"]?[A-Z]/.test(line)) listed--;
    else {
      listed = 0;
      continue;
    }
    for (const name of names) found.add(name);
  }
  return [...found].slice(0, MOST);
}

function namesIn(line: string): string[] {
  const short = line.slice(0, 2_000);
  const names = [...(short.match(NAME) ?? []), ...[...short.matchAll(CALLED)].map(([, name = '']) => name)];
  return names.filter((name) => !NO_VARIABLE.test(name) && name.length <= LONGEST_NAME);
}
