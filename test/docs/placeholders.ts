/** What differs from run to run and from machine to machine: what it is, how it looks, and how it is compared. */
const VARYING: readonly { what: string; looks: RegExp }[] = [
  { what: 'seconds', looks: /(?<=Try again in )\d+(?= s)/g },
  { what: 'version', looks: /(?<=Node\.js: )\d+\.\d+\.\d+/g },
  { what: 'program', looks: /(?<=is )(?:[A-Z]:)?[\\/][^\n]*?node(?:\.exe)?(?=\n|$)/g },
];

/** A text in which all that varies has the same form. */
function comparable(text: string): string {
  return VARYING.reduce((all, { what, looks }) => all.replace(looks, `<${what}>`), text)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** On a line of its own it means: any lines, or none. */
const ANY_LINES = '…';

/** Whether a program printed what a page shows. What shows nothing but `…` is wrong in any case. */
export function isShown(shown: string, printed: string): boolean {
  const lines = comparable(printed).split('\n');
  const [first = [], ...rest] = parts(comparable(shown));
  if (rest.length === 0) return same(first, lines);
  if ([first, ...rest].every((part) => part.length === 0)) return false;
  if (!same(first, lines.slice(0, first.length))) return false;
  const last = rest.pop() ?? [];
  let from = first.length;
  for (const part of rest) {
    while (from < lines.length && !same(part, lines.slice(from, from + part.length))) from++;
    from += part.length;
  }
  const end = lines.length - last.length;
  return end >= from && same(last, lines.slice(end));
}

/** What the page should show: all that was printed, with the same lines left out. */
export function abridgedLike(shown: string, printed: string): string {
  const lines = printed.trimEnd().split('\n');
  const [first = [], ...rest] = parts(shown.trimEnd());
  if (rest.length === 0) return lines.join('\n');
  if (rest.length > 1) throw new Error(`more than one '${ANY_LINES}', so write this by hand:\n${printed}`);
  const last = rest[0] ?? [];
  return [...lines.slice(0, first.length), ANY_LINES, ...lines.slice(lines.length - last.length)].join('\n');
}

function parts(shown: string): string[][] {
  const found: string[][] = [[]];
  for (const line of shown.split('\n'))
    if (line.trim() === ANY_LINES) found.push([]);
    else found.at(-1)?.push(line);
  return found;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
