const MOST_SHOWN = 5;

/** Prints the checks, and says whether all have passed. */
export function printChecks(checks, print) {
  for (const [title, wrong, skipped] of checks) {
    const verdict = skipped ? 'skip' : wrong.length === 0 ? 'PASS' : 'FAIL';
    print(`${verdict}  ${title}${skipped ? ` (${skipped})` : ''}`);
    for (const item of wrong.slice(0, MOST_SHOWN)) print(`        ${item}`);
    if (wrong.length > MOST_SHOWN) print(`        and ${wrong.length - MOST_SHOWN} more`);
  }
  return checks.every(([, wrong]) => wrong.length === 0);
}

/** Prints counts whose names are `section: name`, a section after the other, two columns wide. */
export function printCounts(counts, print) {
  const sections = new Map();
  for (const [name, value] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [section, rest] = name.split(': ');
    const cell = `  ${rest.padEnd(34)}${String(value).padStart(8)}`;
    sections.set(section, [...(sections.get(section) ?? []), cell]);
  }
  for (const [section, cells] of sections) {
    print(`\n${section}`);
    for (let index = 0; index < cells.length; index += 2) print(cells.slice(index, index + 2).join('  '));
  }
}
